import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconHash, IconLock, IconUsers, IconVideo } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "../../../shared/api/problem";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { usePresence } from "../../../shared/live/presence";
import { confirm } from "../../../shared/ui/confirm";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { StateTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { type Channel, deleteMessage, keys, letIn, type Message, membersQuery, workspaceMembersQuery } from "../api";
import { useAnnounced } from "../hooks/useAnnounced";
import { useSend, useWaiting } from "../hooks/useOutbox";
import { useReading } from "../hooks/useReading";
import { useTarget } from "../hooks/useTarget";
import { useTimeline } from "../hooks/useTimeline";
import { titleOf } from "../lib/title";
import { foldMessage } from "../live";
import { Composer, type Mentionable } from "./Composer";
import css from "./Conversation.module.css";
import { type ListHandle, MessageList } from "./MessageList";
import type { MessageActs } from "./MessageRow";

interface Props {
  channel: Channel;
  /** A permanent link to a message. */
  target: string | null;
  onBack: () => void;
  openThread: (root: Message) => void;
  openDetails: () => void;
  detailsOpen: boolean;
}

/** One channel: who is here, what was said, and the place to write. */
export function Conversation(props: Props): React.JSX.Element {
  const { channel } = props;
  const reading = useReading(channel.id);
  if (!reading.place) return <RowsSkeleton />;
  return <Talk {...props} reading={reading} />;
}

function Talk({ channel, target, onBack, openThread, openDetails, detailsOpen, reading }: Props & { reading: ReturnType<typeof useReading> }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const cache = useQueryClient();
  const list = useRef<ListHandle>(null);
  const [around] = useState(() => (reading.unread > 0 ? (reading.place?.seq ?? null) : null));
  const { timeline, error, retry, loadOlder, loadNewer, goTo } = useTimeline(channel.id, around);
  const waiting = useWaiting(channel.id, null);
  const { mentionable, people } = usePeople(channel);
  const [editing, setEditing] = useState<string | null>(null);
  const shown = useTarget(target, timeline, goTo);
  const post = useSend(channel.id, null);
  useAnnounced(timeline, me.id);
  const { unreadFrom } = reading;
  const acts = useActs({ openThread, unreadFrom });
  const send = (text: string, mentions: { id: string; name: string }[]): void => {
    reading.clearLine();
    post(text, mentions);
    if (timeline && timeline.newer !== null) void goTo(null).then(() => list.current?.toPresent());
    else requestAnimationFrame(() => list.current?.toPresent());
  };
  const editLast = (): void => {
    const last = timeline?.items.findLast((one) => one.author.id === me.id && one.deleted_at === null);
    if (last && channel.mine.abilities.own.edit) setEditing(last.id);
  };
  const title = titleOf(channel, me.id);
  const { abilities } = channel.mine;
  return (
    <div className={css.talk}>
      <Header channel={channel} title={title} onBack={onBack} openDetails={openDetails} detailsOpen={detailsOpen} />
      {timeline ? (
        <MessageList
          label={t("list.label", { name: title })}
          timeline={timeline}
          waiting={waiting}
          line={reading.line}
          abilities={abilities}
          people={people}
          acts={acts}
          editing={editing}
          setEditing={setEditing}
          target={shown}
          loadOlder={loadOlder}
          loadNewer={loadNewer}
          goToPresent={() => void goTo(null).then(() => list.current?.toPresent())}
          saw={reading.saw}
          start={<Start channel={channel} title={title} empty={timeline.items.length === 0} />}
          handle={list}
        />
      ) : (
        <div className={css.wait}>{error ? <ProblemNote error={error} action={<RetryButton onClick={retry} />} /> : <RowsSkeleton />}</div>
      )}
      <div className={css.write}>
        {abilities.post ? (
          <Composer
            channel={channel.id}
            thread={null}
            placeholder={channel.kind === "conversation" ? t("composer.to", { name: title }) : t("composer.in", { name: title })}
            people={mentionable}
            send={send}
            editLast={editLast}
            readAll={reading.readAll}
            letIn={
              abilities.manage_members
                ? (person) =>
                    void letIn(channel.id, person.id).then(
                      () => cache.invalidateQueries({ queryKey: keys.members(channel.id) }),
                      () => toast(t("mention.not_let_in")),
                    )
                : null
            }
          />
        ) : (
          <p className={css.closed}>{channel.archived_at === null ? t("composer.reader") : t("composer.archived")}</p>
        )}
      </div>
    </div>
  );
}

function RetryButton({ onClick }: { onClick: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <button type="button" className={css.retry} onClick={onClick}>
      {t("sending.retry")}
    </button>
  );
}

interface HeaderProps {
  channel: Channel;
  title: string;
  onBack: () => void;
  openDetails: () => void;
  detailsOpen: boolean;
}

function Header({ channel, title, onBack, openDetails, detailsOpen }: HeaderProps): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const { slug, rooms } = useWorkspace();
  const presence = usePresence(channel.workspace_id);
  const other = channel.people.find((one) => one.id !== me.id);
  const { data } = useQuery(membersQuery(channel.id));
  const guests = data?.items.filter((one) => one.guest).length ?? 0;
  const Glyph = channel.open ? IconHash : IconLock;
  const members = data && channel.kind === "channel" ? t("channel.members", { count: data.items.length }) : null;
  const words = [
    members !== null && guests > 0 ? `${members}, ${t("channel.guests", { count: guests })}` : members,
    channel.kind === "conversation" ? t("channel.between_two") : null,
    channel.topic !== "" ? channel.topic : null,
  ].filter((one) => one !== null);
  return (
    <header className={css.header}>
      <ActionIcon className={css.back} aria-label={t("list.back")} onClick={onBack}>
        <IconArrowLeft size={22} stroke={1.75} />
      </ActionIcon>
      {other ? (
        <PersonAvatar person={other} size={36} presence={presence[other.id] ?? null} />
      ) : (
        <Glyph className={css.glyph} size={20} stroke={1.75} aria-hidden="true" />
      )}
      <div className={css.words}>
        <h1 className={css.title} tabIndex={-1}>
          {title}
        </h1>
        <p className={css.meta}>{words.join(" · ")}</p>
      </div>
      {channel.archived_at !== null && <StateTag tone="neutral">{t("channel.archived")}</StateTag>}
      {channel.mine.abilities.post && rooms.includes("meetings") && (
        <Tooltip label={t("channel.meet")}>
          <ActionIcon
            aria-label={t("channel.meet")}
            renderRoot={(props) => (
              <Link to="/w/$slug/reunions" params={{ slug }} search={{ demarrer: "1", depuis: `chat.channel:${channel.id}` }} preload={false} {...props} />
            )}
          >
            <IconVideo size={20} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t("channel.details")}>
        <ActionIcon aria-label={t("channel.details")} aria-pressed={detailsOpen} onClick={openDetails}>
          <IconUsers size={20} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** Where the conversation begins: who can read it, said once. */
function Start({ channel, title, empty }: { channel: Channel; title: string; empty: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const who = channel.kind === "conversation" ? "start.two" : channel.open ? "start.open" : "start.narrow";
  return (
    <div className={css.begin}>
      <h2>{t(channel.kind === "conversation" ? "start.title_two" : "start.title", { name: title })}</h2>
      <p>{t(who, { name: title })}</p>
      {empty && channel.mine.abilities.post && <p>{t("start.hint")}</p>}
    </div>
  );
}

/** Who can be named here, and how everybody looks. */
function usePeople(channel: Channel): { mentionable: Mentionable[]; people: ReadonlyMap<string, Mentionable> } {
  const me = useMe();
  const inside = useQuery(membersQuery(channel.id));
  const all = useQuery({ ...workspaceMembersQuery(channel.workspace_id), enabled: channel.kind === "channel" });
  return useMemo(() => {
    const people = new Map<string, Mentionable>();
    for (const one of inside.data?.items ?? []) people.set(one.person.id, { ...one.person, guest: one.guest, inside: true });
    for (const one of all.data?.items ?? []) {
      if (inside.data && !people.has(one.person.id)) people.set(one.person.id, { ...one.person, guest: one.role === "guest", inside: false });
    }
    const mentionable = [...people.values()]
      .filter((one) => one.id !== me.id)
      .sort((a, b) => Number(b.inside) - Number(a.inside) || a.name.localeCompare(b.name, "fr"));
    return { mentionable, people };
  }, [inside.data, all.data, me.id]);
}

/** What one can do with a message; the address of one is that of its place. */
export function useActs({ openThread, unreadFrom }: { openThread: ((root: Message) => void) | null; unreadFrom: ((seq: number) => Promise<void>) | null }): MessageActs {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const remove = useCallback(
    (message: Message) =>
      confirm({
        title: t("delete.title"),
        consequence: t("delete.consequence"),
        verb: t("delete.verb"),
        act: async () => {
          try {
            foldMessage(cache, await deleteMessage(message.id));
          } catch (error) {
            if (!isProblem(error) || error.status !== 404) throw error;
          }
        },
      }),
    [cache, t],
  );
  const copyLink = useCallback(
    (message: Message) => {
      const link = new URL(window.location.href);
      link.pathname = link.pathname.replace(/\/discussions.*$/, `/discussions/${message.channel_id}`);
      link.search = `?message=${message.id}`;
      link.hash = "";
      navigator.clipboard.writeText(link.href).then(
        () => toast(t("act.link_copied")),
        () => toast(t("act.link_not_copied")),
      );
    },
    [t],
  );
  return useMemo(
    () => ({
      reply: openThread,
      copyLink,
      remove,
      unreadFrom: unreadFrom ? (message: Message) => void unreadFrom(message.seq).catch(() => toast(t("errors:unknown"))) : null,
    }),
    [openThread, copyLink, remove, unreadFrom, t],
  );
}
