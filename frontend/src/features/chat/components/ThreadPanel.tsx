import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { DetailsPanel } from "../../../shared/ui/panel";
import { toast } from "../../../shared/ui/toast";
import { type Channel, fetchMessages, followQuery, keys, type Message, messageQuery, setFollow, setMark, type ThreadPlace, threadQuery } from "../api";
import { useActs } from "../hooks/useActs";
import { useAnnounced, useMuted } from "../hooks/useAnnounced";
import { useListKeys } from "../hooks/useListKeys";
import { mayEdit } from "../hooks/useMessageMenu";
import { useSend, useWaiting } from "../hooks/useOutbox";
import { usePeople } from "../hooks/usePeople";
import { titleOf } from "../lib/title";
import { merge, type Timeline } from "../lib/timeline";
import { foldThread } from "../live";
import { Composer } from "./Composer";
import { MessageRow } from "./MessageRow";
import { WaitingOf } from "./MessageList";
import css from "./ThreadPanel.module.css";

interface Props {
  channel: Channel;
  rootId: string;
  onClose: () => void;
  focusTitle: boolean;
  /** An answer that a link or a search leads to. */
  target?: string | null;
}

/** The replies to one message, beside the conversation. */
export function ThreadPanel({ channel, rootId, onClose, focusTitle, target = null }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const cache = useQueryClient();
  const { data, error } = useQuery(threadQuery(channel.id, rootId));
  const root = useRoot(channel.id, rootId);
  const { mentionable, people: byId } = usePeople(channel);
  const waiting = useWaiting(channel.id, rootId);
  const send = useSend(channel.id, rootId);
  const acts = useActs({ openThread: null, unreadFrom: null });
  const follow = useFollow(rootId);
  const [editing, setEditing] = useState<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const known = new Set(data?.items.map((one) => one.id));
  const pending = waiting.filter((one) => !known.has(one.id));
  const older = useOlder(channel.id, rootId);
  const count = Math.max(data?.items.length ?? 0, root?.reply_count ?? 0);
  const head = data?.items.at(-1)?.seq ?? 0;

  const linked = useLinked(channel.id, rootId, target, data);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (linked === null) end.current?.scrollIntoView({ block: "end" });
    else list.current?.querySelector(`[data-message="${linked}"]`)?.scrollIntoView({ block: "center" });
  }, [head, pending.length, linked]);
  useReadHere(channel.id, rootId, head);
  useEffect(() => {
    const { queryKey } = threadQuery(channel.id, rootId);
    return () => cache.removeQueries({ queryKey, type: "inactive" });
  }, [cache, channel.id, rootId]);

  const rowProps = { abilities: channel.mine.abilities, people: byId, acts, setEditing };
  const roving = useListKeys({ ids: [...(root ? [root.id] : []), ...(data?.items.map((one) => one.id) ?? [])] });
  useAnnounced(data, me.id, useMuted(channel.id));
  const editLast = (): void => {
    const last = data?.items.findLast((one) => one.author.id === me.id && one.deleted_at === null);
    if (last && mayEdit(channel.mine.abilities.own, channel.mine.abilities, last)) setEditing(last.id);
  };
  return (
    <DetailsPanel title={t("thread.title")} meta={follow.place?.following ? `${titleOf(channel, me.id)} · ${t("thread.following")}` : titleOf(channel, me.id)} actions={follow.button} onClose={onClose} focusTitle={focusTitle}>
      <div className={css.thread} data-talk>
        {/* arrows go between the messages inside, which have the focus */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div ref={list} className={css.messages} role="log" aria-live="off" aria-label={t("thread.title")} onKeyDown={roving.onKeyDown}>
          {root && (
            <MessageRow {...rowProps} message={{ ...root, reply_count: 0 }} grouped={false} mine={root.author.id === me.id} active={roving.active === root.id} editing={editing === root.id} />
          )}
          <div className={css.count}>{t("thread.replies", { count })}</div>
          {data && data.older !== null && (
            <Button variant="subtle" size="compact-sm" loading={older.loading} onClick={() => older.load(data, list.current)}>
              {t("thread.older")}
            </Button>
          )}
          <ProblemNote error={error} />
          {!data && !error && <RowsSkeleton rows={2} />}
          {data?.items.map((message, index) => (
            <MessageRow
              key={message.id}
              {...rowProps}
              message={message}
              grouped={data.items[index - 1]?.author.id === message.author.id && within(data.items[index - 1], message)}
              mine={message.author.id === me.id}
              active={roving.active === message.id}
              editing={editing === message.id}
              highlighted={linked === message.id}
            />
          ))}
          {pending.map((one) => (
            <WaitingOf key={one.id} waiting={one} grouped={false} />
          ))}
          <div ref={end} />
        </div>
        {roving.help}
        {channel.mine.abilities.reply && root?.deleted_at === null && (
          <Composer
            channel={channel.id}
            workspace={channel.workspace_id}
            thread={rootId}
            placeholder={t("thread.reply")}
            people={mentionable}
            send={send}
            editLast={editLast}
            letIn={null}
            mayAlso={channel.mine.abilities.post}
            focusFirst={focusTitle}
          />
        )}
      </div>
    </DetailsPanel>
  );
}

/** The answer that was asked for, once it is held: older pages come until it is. */
function useLinked(channelId: string, rootId: string, target: string | null, timeline: Timeline | undefined): string | null {
  const cache = useQueryClient();
  const held = target !== null && timeline?.items.some((one) => one.id === target) === true;
  const older = timeline?.older ?? null;
  useEffect(() => {
    if (target === null || held || older === null || target === rootId) return;
    const { queryKey } = threadQuery(channelId, rootId);
    void fetchMessages(channelId, { thread_id: rootId, before: older, limit: 100 }).then(
      (page) => cache.setQueryData<Timeline>(queryKey, (now) => now && merge(now, page.items, { older: page.next })),
      () => undefined,
    );
  }, [cache, channelId, rootId, target, held, older]);
  return held ? target : null;
}

/** A long thread begins with its last answers; those before them come when they are asked for, above the first one held. */
function useOlder(channelId: string, rootId: string): { loading: boolean; load: (held: Timeline, list: HTMLElement | null) => void } {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const [loading, setLoading] = useState(false);
  const load = (held: Timeline, list: HTMLElement | null): void => {
    if (held.older === null) return;
    const first = held.items[0]?.id;
    setLoading(true);
    fetchMessages(channelId, { thread_id: rootId, before: held.older, limit: 100 })
      .then((page) => {
        cache.setQueryData<Timeline>(keys.thread(channelId, rootId), (now) => now && merge(now, page.items, { older: page.next }));
        // one goes on where one was; the button may be gone
        requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-message="${first}"]`)?.focus());
      })
      .catch((error: unknown) => toast(sentenceFor(error, t)))
      .finally(() => setLoading(false));
  };
  return { loading, load };
}

/** Read here is read everywhere: what the notifications told of this thread is done. Not behind another window. */
function useReadHere(channelId: string, rootId: string, head: number): void {
  const said = useRef(0);
  useEffect(() => {
    const look = (): void => {
      if (head <= said.current || document.visibilityState !== "visible" || !document.hasFocus()) return;
      said.current = head;
      setMark(channelId, { seq: head, back: false, thread_id: rootId }).catch(() => {
        said.current = 0; // said again when one comes back to it
      });
    };
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [channelId, rootId, head]);
}

/** The bell of a thread: its answers are told to me, or not. */
function useFollow(rootId: string): { place: ThreadPlace | undefined; button: React.JSX.Element | null } {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const { data: place } = useQuery(followQuery(rootId));
  const change = (on: boolean): void =>
    void setFollow(rootId, on).then(
      (next) => foldThread(cache, next),
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  if (!place) return { place, button: null };
  const on = place.following;
  const Glyph = on ? IconBellOff : IconBell;
  const label = on ? t("thread.leave") : t("thread.follow");
  const button = (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => change(!on)}>
        <Glyph size={20} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
  return { place, button };
}

function within(before: Message | undefined, message: Message): boolean {
  return before !== undefined && Date.parse(message.created_at) - Date.parse(before.created_at) < 300_000;
}

/** The first message: from the conversation when it is held there, so that it stays live. */
function useRoot(channelId: string, rootId: string): Message | undefined {
  const { data: timeline } = useQuery<Timeline>({ queryKey: keys.timeline(channelId), enabled: false });
  const held = timeline?.items.find((one) => one.id === rootId);
  const { data } = useQuery({ ...messageQuery(rootId), enabled: held === undefined });
  return held ?? data;
}
