import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { planned } from "../../../shared/lib/dates";
import { firstName } from "../../../shared/lib/names";
import { availabilityQuery, membersQuery } from "../api";
import css from "./Composer.module.css";

const NAMED = 3;

/** « Sera prévenu lundi à 08:30 »: in a place of few, of those who are off and let it be said. */
export function OffNotice({ channel }: { channel: string }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const { data: off } = useQuery(availabilityQuery(channel));
  const { data: members } = useQuery({ ...membersQuery(channel), enabled: off !== undefined && off.items.length > 0 });
  const found = (off?.items ?? []).flatMap((one) => {
    const person = members?.items.find((member) => member.person.id === one.person_id)?.person;
    return person ? [{ ...one, name: firstName(person.name) }] : [];
  });
  if (found.length === 0) return null;
  return (
    <p className={css.off} role="status">
      {found.slice(0, NAMED).map(({ person_id, name, reads_at, away, absence }) => (
        <span key={person_id}>
          {away && absence !== "" && t("off.absent", { name, absence })}
          {away && absence === "" && t("off.away", { name })}
          {away && reads_at !== null && " "}
          {reads_at !== null && t("off.told", { name, when: planned(reads_at) })}
        </span>
      ))}
      {found.length > NAMED && <span>{t("off.others", { count: found.length - NAMED })}</span>}
    </p>
  );
}
