import { IconPin } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clock, fullDate } from "../../../shared/lib/dates";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import type { Message, Person } from "../api";
import type { MessageActs } from "./MessageRow";
import css from "./MessageRow.module.css";

/** The small lines around the words of a message. */
type People = ReadonlyMap<string, Person>;

/** An answer that stands in its thread and in the channel. */
export function AlsoIn({ message, open }: { message: Message; open: MessageActs["reply"] }): React.JSX.Element {
  const { t } = useTranslation("chat");
  if (!open) return <p className={css.pinned}>{t("thread.also_here")}</p>;
  return (
    <button type="button" className={css.also} onClick={() => open(message)}>
      {t("thread.answered")}
    </button>
  );
}

export function Pinned({ pinned, people }: { pinned: NonNullable<Message["pinned"]>; people: People }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const name = people.get(pinned.by ?? "")?.name;
  return (
    <p className={css.pinned} title={fullDate(pinned.at)}>
      <IconPin size={14} stroke={1.75} aria-hidden="true" />
      {name === undefined ? t("pins.pinned") : t("pins.by", { name })}
    </p>
  );
}

export function Edited({ message, onHistory }: { message: Message; onHistory: (() => void) | null }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  if (message.edited_at === null || message.deleted_at !== null) return null;
  if (!onHistory) return <span className={css.edited} title={t("message.edited_on", { date: fullDate(message.edited_at) })}>{t("message.edited")}</span>;
  return (
    <button type="button" className={css.edited} onClick={onHistory} title={t("message.edited_on", { date: fullDate(message.edited_at) })}>
      {t("message.edited")}
    </button>
  );
}

export function Replies({ message, people, open }: { message: Message; people: People; open: (message: Message) => void }): React.JSX.Element {
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
