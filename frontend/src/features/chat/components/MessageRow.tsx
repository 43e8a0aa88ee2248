import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, fullDate } from "../../../shared/lib/dates";
import { Prose } from "../../../shared/prose/Prose";
import { useMe } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { useRowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Channel, Message, Person } from "../api";
import { useRowKeys } from "../hooks/useRowKeys";
import { asMine } from "../lib/groups";
import { EditBox } from "./EditBox";
import { MessageActions } from "./MessageActions";
import { AlsoIn, Edited, Pinned, Replies } from "./MessageLines";
import { MessageMade } from "./MessageMade";
import { MessageFiles } from "./MessageFiles";
import { MessageLinks } from "./MessageLinks";
import css from "./MessageRow.module.css";
import { PollCard } from "./PollCard";
import { ReactionPicker } from "./ReactionPicker";
import { ReminderDialog } from "./ReminderDialog";
import { Reactions } from "./Reactions";
import { Revisions } from "./Revisions";

export interface MessageActs {
  reply: ((message: Message) => void) | null;
  copyLink: (message: Message) => void;
  remove: (message: Message) => void;
  unreadFrom: ((message: Message) => void) | null;
  react: (message: Message, emoji: string, on: boolean) => void;
  pin: (message: Message, on: boolean) => void;
}

interface Props {
  message: Message;
  grouped: boolean;
  mine: boolean;
  abilities: Channel["mine"]["abilities"];
  people: ReadonlyMap<string, Person>;
  acts: MessageActs;
  editing: boolean;
  setEditing: (id: string | null) => void;
  active: boolean;
  highlighted?: boolean;
}

/** Who, when, what; its actions on hover, on focus, by right click and by Maj F10. */
export const MessageRow = memo(function MessageRow(props: Props): React.JSX.Element {
  const { message, grouped, mine, acts, editing, setEditing, active, highlighted } = props;
  const { t } = useTranslation("chat");
  const me = useMe();
  const menu = useRowMenu();
  const [history, setHistory] = useState(false);
  const [picking, setPicking] = useState(false);
  const [reminding, setReminding] = useState(false);
  const mayReact = props.abilities.react && message.deleted_at === null;
  const seeHistory = props.abilities.revisions ? () => setHistory(true) : null;
  const gone = message.deleted_at !== null;
  const author = message.author;
  const onKeyDown = useRowKeys({
    menu,
    reply: acts.reply && props.abilities.reply ? () => acts.reply?.(message) : null,
    pick: mayReact ? () => setPicking(true) : null,
  });
  return (
    <article
      className={cx(css.row, grouped && css.grouped, highlighted && css.highlighted, (menu.opened || picking) && css.held)}
      aria-label={t("message.label", { name: author.name, time: clock(message.created_at) })}
      data-message={message.id}
      // one stop for the whole list; arrows go from message to message
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={active ? 0 : -1}
      {...(gone ? {} : { ...menu.rowProps, onKeyDown })}
    >
      {grouped ? (
        <time className={css.side} dateTime={message.created_at} title={fullDate(message.created_at)} aria-hidden="true">
          {clock(message.created_at)}
        </time>
      ) : (
        <span className={css.face}>
          <PersonAvatar person={author} size={36} />
        </span>
      )}
      <div className={css.body}>
        {!grouped && (
          <div className={css.head}>
            <strong className={css.name}>{author.name}</strong>
            {author.guest && <GuestTag />}
            <time className={css.time} dateTime={message.created_at} title={fullDate(message.created_at)}>
              {clock(message.created_at)}
            </time>
            <Edited message={message} onHistory={seeHistory} />
          </div>
        )}
        {message.in_channel && <AlsoIn message={message} open={acts.reply} />}
        {message.pinned && <Pinned pinned={message.pinned} people={props.people} />}
        {gone ? (
          <p className={css.gone}>{t("message.deleted")}</p>
        ) : editing ? (
          <EditBox message={message} people={props.people} onClose={() => setEditing(null)} />
        ) : (
          <Prose text={message.text} mentions={asMine(message.mentions, me.id)} />
        )}
        {grouped && <Edited message={message} onHistory={seeHistory} />}
        <MessageFiles message={message} tabIndex={active ? 0 : -1} />
        {!gone && !editing && <MessageLinks message={message} tabIndex={active ? 0 : -1} />}
        {message.poll && (
          <PollCard message={message} poll={message.poll} people={props.people} may={mayReact} mayClose={mine ? props.abilities.own.delete : props.abilities.others.delete} />
        )}
        <MessageMade made={message.made} tabIndex={active ? 0 : -1} />
        <Reactions message={message} people={props.people} react={mayReact ? acts.react : null} pick={() => setPicking(true)} tabIndex={active ? 0 : -1} />
        {message.reply_count > 0 && acts.reply && <Replies message={message} people={props.people} open={acts.reply} />}
      </div>
      {!gone && !editing && (
        <MessageActions
          message={message}
          mine={mine}
          abilities={props.abilities}
          acts={acts}
          setEditing={setEditing}
          menu={menu}
          tabIndex={active ? 0 : -1}
          showHistory={() => setHistory(true)}
          pick={mayReact ? () => setPicking(true) : null}
          remindMe={() => setReminding(true)}
        />
      )}
      {picking && <ReactionPicker choose={(emoji) => acts.react(message, emoji, true)} onClose={() => setPicking(false)} />}
      {reminding && <ReminderDialog message={message} onClose={() => setReminding(false)} />}
      {history && <Revisions message={message} onClose={() => setHistory(false)} />}
    </article>
  );
});
