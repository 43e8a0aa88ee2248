import { ActionIcon, Button, Popover, Tooltip } from "@mantine/core";
import { IconEyeOff, IconHistory, IconLink, IconMessage2, IconMoodPlus, IconPencil, IconPin, IconPinnedOff, IconTrash } from "@tabler/icons-react";
import { lazy, memo, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, fullDate } from "../../../shared/lib/dates";
import { plain } from "../../../shared/prose/markdown";
import { Prose } from "../../../shared/prose/Prose";
import { useMe } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Channel, Message, Person } from "../api";
import { asMine } from "../lib/groups";
import { EditBox } from "./EditBox";
import css from "./MessageRow.module.css";
import { PollCard } from "./PollCard";
import { Reactions } from "./Reactions";
import { Revisions } from "./Revisions";

const EmojiPicker = lazy(() => import("./EmojiPicker").then((file) => ({ default: file.EmojiPicker })));

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
  const mayReact = props.abilities.react && message.deleted_at === null;
  const gone = message.deleted_at !== null;
  const author = message.author;
  return (
    <article
      className={cx(css.row, grouped && css.grouped, highlighted && css.highlighted, (menu.opened || picking) && css.held)}
      aria-label={t("message.label", { name: author.name, time: clock(message.created_at) })}
      data-message={message.id}
      // one stop for the whole list; arrows go from message to message
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={active ? 0 : -1}
      {...(gone ? {} : menu.rowProps)}
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
            <Edited message={message} onHistory={() => setHistory(true)} />
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
        {grouped && <Edited message={message} onHistory={() => setHistory(true)} />}
        {message.poll && (
          <PollCard message={message} poll={message.poll} people={props.people} may={mayReact} mayClose={mine ? props.abilities.own.delete : props.abilities.others.delete} />
        )}
        <Reactions message={message} people={props.people} react={mayReact ? acts.react : null} pick={() => setPicking(true)} tabIndex={active ? 0 : -1} />
        {message.reply_count > 0 && acts.reply && <Replies message={message} people={props.people} open={acts.reply} />}
      </div>
      {!gone && !editing && <Actions {...props} menu={menu} mine={mine} tabIndex={active ? 0 : -1} showHistory={() => setHistory(true)} pick={mayReact ? () => setPicking(true) : null} />}
      {picking && <Picker choose={(emoji) => acts.react(message, emoji, true)} onClose={() => setPicking(false)} />}
      {history && <Revisions message={message} onClose={() => setHistory(false)} />}
    </article>
  );
});

/** The signs to choose from, beside the message; Échap gives the focus back. */
function Picker({ choose, onClose }: { choose: (emoji: string) => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <Popover opened onDismiss={onClose} position="bottom-end" withinPortal withRoles={false} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <span className={css.anchor} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("reaction.add")} onKeyDown={(event) => event.stopPropagation()} onContextMenu={(event) => event.stopPropagation()}>
        <Suspense>
          <EmojiPicker
            choose={(emoji) => {
              choose(emoji);
              onClose();
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

/** An answer that stands in its thread and in the channel. */
function AlsoIn({ message, open }: { message: Message; open: MessageActs["reply"] }): React.JSX.Element {
  const { t } = useTranslation("chat");
  if (!open) return <p className={css.pinned}>{t("thread.also_here")}</p>;
  return (
    <button type="button" className={css.also} onClick={() => open(message)}>
      {t("thread.answered")}
    </button>
  );
}

function Pinned({ pinned, people }: { pinned: NonNullable<Message["pinned"]>; people: Props["people"] }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const name = people.get(pinned.by ?? "")?.name;
  return (
    <p className={css.pinned} title={fullDate(pinned.at)}>
      <IconPin size={14} stroke={1.75} aria-hidden="true" />
      {name === undefined ? t("pins.pinned") : t("pins.by", { name })}
    </p>
  );
}

function Edited({ message, onHistory }: { message: Message; onHistory: () => void }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  if (message.edited_at === null || message.deleted_at !== null) return null;
  return (
    <button type="button" className={css.edited} onClick={onHistory} title={t("message.edited_on", { date: fullDate(message.edited_at) })}>
      {t("message.edited")}
    </button>
  );
}

function Replies({ message, people, open }: { message: Message; people: Props["people"]; open: (message: Message) => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const faces = message.repliers.map((id) => people.get(id)).filter((one) => one !== undefined);
  return (
    <button type="button" className={css.replies} onClick={() => open(message)}>
      <span className={css.faces} aria-hidden="true">
        {faces.slice(-3).map((person) => (
          <PersonAvatar key={person.id} person={person} size={22} />
        ))}
      </span>
      {message.last_reply_at === null
        ? t("thread.replies", { count: message.reply_count })
        : t("thread.replies_last", { count: message.reply_count, time: clock(message.last_reply_at) })}
    </button>
  );
}

type ActionsProps = Props & { menu: ReturnType<typeof useRowMenu>; tabIndex: number; showHistory: () => void; pick: (() => void) | null };

function Actions({ message, mine, abilities, acts, setEditing, menu, tabIndex, showHistory, pick }: ActionsProps): React.JSX.Element {
  const { t } = useTranslation("chat");
  const may = mine ? abilities.own : abilities.others;
  const actions: RowAction[] = [];
  if (pick) actions.push({ key: "react", label: t("reaction.add"), icon: IconMoodPlus, onSelect: pick });
  if (acts.reply && abilities.reply) actions.push({ key: "reply", label: t("act.reply"), icon: IconMessage2, onSelect: () => acts.reply?.(message) });
  actions.push({ key: "link", label: t("act.copy_link"), icon: IconLink, onSelect: () => acts.copyLink(message) });
  if (abilities.pin) {
    const on = message.pinned === null;
    actions.push({ key: "pin", label: on ? t("pins.pin") : t("pins.unpin"), icon: on ? IconPin : IconPinnedOff, onSelect: () => acts.pin(message, on) });
  }
  if (acts.unreadFrom) actions.push({ key: "unread", label: t("act.unread_from"), icon: IconEyeOff, onSelect: () => acts.unreadFrom?.(message) });
  if (message.edited_at !== null) actions.push({ key: "history", label: t("act.history"), icon: IconHistory, onSelect: showHistory });
  if (may.edit && message.poll === null) actions.push({ key: "edit", label: t("act.edit"), icon: IconPencil, onSelect: () => setEditing(message.id) });
  if (may.delete) actions.push({ key: "delete", label: t("act.delete"), icon: IconTrash, danger: true, onSelect: () => acts.remove(message) });
  const name = t("message.of", { name: message.author.name, text: plain(message.text).slice(0, 40) });
  return (
    <div className={css.actions} data-open={menu.opened || undefined}>
      {pick && (
        <Tooltip label={t("reaction.add")}>
          <ActionIcon size="sm" aria-label={t("reaction.to", { name })} tabIndex={tabIndex} onClick={pick}>
            <IconMoodPlus size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      {acts.reply && abilities.reply && (
        <Tooltip label={t("act.reply")}>
          <ActionIcon size="sm" aria-label={t("act.reply_to", { name })} tabIndex={tabIndex} onClick={() => acts.reply?.(message)}>
            <IconMessage2 size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      {mine && may.edit && message.poll === null && (
        <Tooltip label={t("act.edit")}>
          <ActionIcon size="sm" aria-label={t("act.edit_this", { name })} tabIndex={tabIndex} onClick={() => setEditing(message.id)}>
            <IconPencil size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <RowMenu name={name} actions={actions} menu={menu} tabIndex={tabIndex} />
    </div>
  );
}

/** On its way, or refused: in words, with what to do. */
export function WaitingRow({
  text,
  mentions,
  refused,
  grouped,
  person,
  retry,
  forget,
}: {
  text: string;
  mentions: { id: string; name: string }[];
  refused: string | null;
  grouped: boolean;
  person: Person;
  retry: () => void;
  forget: () => void;
}): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <div className={cx(css.row, grouped && css.grouped, css.waiting)} data-waiting={refused === null ? "sending" : "refused"}>
      {grouped ? <span className={css.side} /> : <span className={css.face}><PersonAvatar person={person} size={36} /></span>}
      <div className={css.body}>
        {!grouped && (
          <div className={css.head}>
            <strong className={css.name}>{person.name}</strong>
          </div>
        )}
        <div className={css.pale}>
          <Prose text={text.length > 20_000 ? `${text.slice(0, 2000)}…` : text} mentions={mentions} />
        </div>
        {refused === null ? (
          <p className={css.state}>{t("sending.going")}</p>
        ) : (
          <div className={css.failed} role="alert">
            <span>
              {t("sending.refused")} {t([`errors:${refused}`, "errors:unknown"])}
            </span>
            <Button size="sm" variant="default" onClick={retry}>
              {t("sending.retry")}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => void navigator.clipboard?.writeText(text)}>
              {t("sending.copy")}
            </Button>
            <Button size="sm" variant="subtle" onClick={forget}>
              {t("sending.forget")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
