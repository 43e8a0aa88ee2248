import { ActionIcon, Menu } from "@mantine/core";
import { IconClock, IconGavel, IconHash, IconMessage2, IconMessagePlus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "../../../shared/live/presence";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag, UnreadDot, UnreadPill } from "../../../shared/ui/Tags";
import { type Channel, draftsQuery, scheduledQuery, threadsQuery, unreadQuery, workspaceMembersQuery } from "../api";
import { callOf, headOf, type Place, unreadOf } from "../lib/places";
import { byTitle, titleOf } from "../lib/title";
import css from "./ChannelList.module.css";
import { PlaceGlyph } from "./PlaceGlyph";

interface Props {
  channels: readonly Channel[];
  openId: string | null;
  onThreads: () => void;
  threadsOpen: boolean;
  onNewChannel: () => void;
  onNewConversation: () => void;
}

/** Channels, conversations, drafts: what calls is bold, with a number or a dot. */
export function ChannelList({ channels, openId, onThreads, threadsOpen, onNewChannel, onNewConversation }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const { data: unread } = useQuery(unreadQuery);
  const { data: drafts } = useQuery(draftsQuery);
  const { data: threads } = useQuery(threadsQuery(workspace.id));
  const waiting = threads?.items.reduce((sum, one) => sum + one.unread, 0) ?? 0;
  const { data: scheduled } = useQuery(scheduledQuery);
  const mine = scheduled?.items.filter((one) => one.workspace_id === workspace.id) ?? [];
  const waits = mine.length;
  const refused = mine.some((one) => one.refused !== null);
  const places = useMemo(() => new Map(unread?.items.map((one) => [one.channel_id, one])), [unread]);
  const live = channels.filter((one) => one.archived_at === null);
  const named = live.filter((one) => one.kind === "channel").sort(byTitle(me.id));
  const talks = live.filter((one) => one.kind === "conversation").sort(byNews(places, me.id));
  const archived = channels.filter((one) => one.archived_at !== null).sort(byTitle(me.id));
  const known = new Map(channels.map((one) => [one.id, one]));
  const begun = drafts?.items.filter((one) => known.has(one.channel_id) && one.channel_id !== openId) ?? [];
  const line = (channel: Channel): React.JSX.Element => (
    <Line key={channel.id} channel={channel} place={places.get(channel.id)} open={channel.id === openId} />
  );
  return (
    <nav className={css.list} aria-label={t("channels.label")}>
      <div className={css.head}>
        {openId === null ? <h1 className={css.title}>{t("title")}</h1> : <h2>{t("title")}</h2>}
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t("channels.new")}>
              <IconPlus size={18} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {workspace.mine.abilities.write && (
              <Menu.Item leftSection={<IconHash size={18} stroke={1.75} />} onClick={onNewChannel}>
                {t("channels.new_channel")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconMessagePlus size={18} stroke={1.75} />} onClick={onNewConversation} disabled={workspace.archived_at !== null}>
              {t("channels.new_conversation")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <button type="button" className={cx(css.line, css.threads, waiting > 0 && css.calls)} aria-pressed={threadsOpen} onClick={onThreads}>
        <IconMessage2 className={css.glyph} size={18} stroke={1.75} aria-hidden="true" />
        <span className={css.name}>{t("threads.title")}</span>
        <span className={css.call}>{waiting > 0 && <UnreadPill count={waiting} />}</span>
      </button>
      <Link className={cx(css.line, css.threads)} to="/w/$slug/decisions" params={{ slug: workspace.slug }} search={{}}>
        <IconGavel className={css.glyph} size={18} stroke={1.75} aria-hidden="true" />
        <span className={css.name}>{t("channels.decisions")}</span>
      </Link>
      <Link className={cx(css.line, css.threads, refused && css.calls)} to="/w/$slug/plus-tard" params={{ slug: workspace.slug }}>
        <IconClock className={css.glyph} size={18} stroke={1.75} aria-hidden="true" />
        <span className={css.name}>{t("later.title")}</span>
        <span className={css.call}>{waits > 0 && <span className={css.waits}>{waits}</span>}</span>
      </Link>
      <ul role="list">{named.map(line)}</ul>
      {talks.length > 0 && (
        <>
          <h3 className={css.group}>{t("channels.conversations")}</h3>
          <ul role="list">{talks.map(line)}</ul>
        </>
      )}
      {begun.length > 0 && (
        <>
          <h3 className={css.group}>{t("channels.drafts")}</h3>
          <ul role="list">
            {begun.map((draft) => {
              const channel = known.get(draft.channel_id);
              return channel ? (
                <li key={draft.id}>
                  <Link
                    to="/w/$slug/discussions/$channelId"
                    params={{ slug: workspace.slug, channelId: channel.id }}
                    search={draft.thread_id === null ? {} : { fil: draft.thread_id }}
                    className={css.line}
                  >
                    <IconPencil className={css.glyph} size={18} stroke={1.75} aria-hidden="true" />
                    <span className="visually-hidden">{t("channels.draft_in", { name: titleOf(channel, me.id) })}</span>
                    <span className={css.name}>{draft.text}</span>
                  </Link>
                </li>
              ) : null;
            })}
          </ul>
        </>
      )}
      {archived.length > 0 && (
        <details className={css.archived} open={archived.some((one) => one.id === openId)}>
          <summary className={css.group}>{t("channels.archived", { count: archived.length })}</summary>
          <ul role="list">{archived.map(line)}</ul>
        </details>
      )}
    </nav>
  );
}

function Line({ channel, place, open }: { channel: Channel; place: Place | undefined; open: boolean }): React.JSX.Element {
  const me = useMe();
  const workspace = useWorkspace();
  const { t } = useTranslation("chat");
  const presence = usePresence(workspace.id);
  const { data: members } = useQuery({ ...workspaceMembersQuery(workspace.id), enabled: channel.kind === "conversation" });
  const call = place ? callOf(place, me.id) : { count: 0, dot: false };
  const group = channel.people.length > 2;
  const other = group ? undefined : channel.people.find((one) => one.id !== me.id);
  const guest = other && members?.items.some((one) => one.person.id === other.id && one.role === "guest");
  const title = titleOf(channel, me.id);
  return (
    <li>
      <Link
        to="/w/$slug/discussions/$channelId"
        params={{ slug: workspace.slug, channelId: channel.id }}
        search={{}}
        className={cx(css.line, (call.count > 0 || call.dot) && css.calls, place?.level === "nothing" && css.muted)}
        data-open={open || undefined}
        {...(open && { "aria-current": "page" as const })}
      >
        {other ? (
          <PersonAvatar person={other} size={28} presence={presence[other.id] ?? null} />
        ) : (
          <PlaceGlyph channel={channel} size={18} className={css.glyph} />
        )}
        <span className={css.name}>{title}</span>
        {!other && !group && !channel.open && <span className="visually-hidden">{t("channel.narrow")}</span>}
        {guest && <GuestTag />}
        <span className={css.call}>{call.count > 0 ? <UnreadPill count={call.count} /> : call.dot && <UnreadDot />}</span>
      </Link>
    </li>
  );
}

/** Conversations with something new first, then the latest. */
function byNews(places: ReadonlyMap<string, Place>, me: string): (a: Channel, b: Channel) => number {
  const rank = (channel: Channel): number => {
    const place = places.get(channel.id);
    return place && unreadOf(place, me) > 0 ? headOf(place) : 0;
  };
  return (a, b) => Math.sign(rank(b)) - Math.sign(rank(a)) || byTitle(me)(a, b);
}
