import { useTranslation } from "react-i18next";
import { clock, fullDate } from "../../../shared/lib/dates";
import { useMe } from "../../../shared/session/session";
import type { Message } from "../api";
import css from "./SystemRow.module.css";

/** What happened here, in one quiet line: who came, left, was taken out. */
export function SystemRow({ message }: { message: Message }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const me = useMe();
  if (message.system === null) return null;
  const { verb, people } = message.system;
  const mine = message.author.id === me.id;
  const person = people.map((one) => (one.id === me.id ? t("event.me") : one.name)).join(", ");
  return (
    <p className={css.line} data-system={verb}>
      <span>{mine ? t(`event.${verb}_mine`, { person }) : t(`event.${verb}`, { name: message.author.name, person })}</span>{" "}
      <time dateTime={message.created_at} title={fullDate(message.created_at)}>
        {clock(message.created_at)}
      </time>
    </p>
  );
}
