import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { toast } from "../../../shared/ui/toast";
import { type Channel, keys, letIn, type Message } from "../api";
import { useActs } from "../hooks/useActs";
import { useAnnounced, useMuted } from "../hooks/useAnnounced";
import { mayEdit } from "../hooks/useMessageMenu";
import { useSend, useWaiting } from "../hooks/useOutbox";
import { usePeople } from "../hooks/usePeople";
import { useReading } from "../hooks/useReading";
import { useTarget } from "../hooks/useTarget";
import { useTimeline } from "../hooks/useTimeline";
import { useWishes } from "../hooks/useWishes";
import { titleOf } from "../lib/title";
import { Composer } from "./Composer";
import css from "./Conversation.module.css";
import { ConversationHeader, ConversationStart } from "./ConversationHeader";
import { type ListHandle, MessageList } from "./MessageList";

export type Details = "people" | "pins" | "files";

interface Props {
  channel: Channel;
  /** A permanent link to a message. */
  target: string | null;
  onBack: () => void;
  openThread: (root: Message) => void;
  openDetails: (what: Details) => void;
  details: Details | null;
  onSearch: () => void;
  /** Between the title and what was said. */
  above: React.ReactNode;
}

/** One channel: who is here, what was said, and the place to write. */
export function Conversation(props: Props): React.JSX.Element {
  const { channel } = props;
  const reading = useReading(channel.id);
  const { return_to, known } = useWishes();
  if (!reading.place || !known) return <RowsSkeleton />;
  return <Talk {...props} reading={reading} returnTo={return_to} />;
}

function Talk({ channel, target, onBack, openThread, openDetails, details, onSearch, above, reading, returnTo }: Props & { reading: ReturnType<typeof useReading>; returnTo: "unread" | "latest" }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const cache = useQueryClient();
  const list = useRef<ListHandle>(null);
  const [around] = useState(() => (reading.unread > 0 && returnTo === "unread" ? (reading.place?.seq ?? null) : null));
  const { timeline, error, retry, loadOlder, loadNewer, goTo } = useTimeline(channel.id, around);
  const waiting = useWaiting(channel.id, null);
  const { mentionable, people } = usePeople(channel);
  const [editing, setEditing] = useState<string | null>(null);
  const { shown, missing } = useTarget(target, timeline, goTo);
  const post = useSend(channel.id, null);
  useAnnounced(timeline, me.id, useMuted(channel.id));
  const { unreadFrom } = reading;
  const acts = useActs({ openThread, unreadFrom });
  const send: typeof post = (text, mentions, how) => {
    reading.clearLine();
    post(text, mentions, how);
    if (timeline && timeline.newer !== null) void goTo(null).then(() => list.current?.toPresent());
    else requestAnimationFrame(() => list.current?.toPresent());
  };
  const editLast = (): void => {
    const last = timeline?.items.findLast((one) => one.author.id === me.id && one.deleted_at === null);
    if (last && mayEdit(channel.mine.abilities.own, channel.mine.abilities, last)) setEditing(last.id);
  };
  const title = titleOf(channel, me.id);
  const { abilities } = channel.mine;
  return (
    <div className={css.talk} data-talk>
      <ConversationHeader channel={channel} title={title} onBack={onBack} openDetails={openDetails} details={details} onSearch={onSearch} />
      {above}
      {timeline ? (
        <MessageList
          label={t("list.label", { name: title })}
          timeline={timeline}
          waiting={waiting}
          line={reading.line}
          toPresent={returnTo === "latest"}
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
          start={<ConversationStart channel={channel} title={title} empty={timeline.items.length === 0} />}
          handle={list}
        />
      ) : (
        <div className={css.wait}>{error ? <ProblemNote error={error} action={<RetryButton onClick={retry} />} /> : <RowsSkeleton />}</div>
      )}
      <div className={css.write}>
        {missing && (
          <p className={css.missing} role="status">
            {t("list.missing")}
          </p>
        )}
        {abilities.post ? (
          <Composer
            channel={channel.id}
            workspace={channel.workspace_id}
            direct={channel.kind === "conversation"}
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
          <p className={css.closed}>{t(channel.archived_at !== null ? "composer.archived" : abilities.reply ? "composer.announce" : "composer.reader")}</p>
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
