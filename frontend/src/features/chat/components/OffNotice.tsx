import { Button } from "@mantine/core";
import { IconBellRinging, IconCalendarClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { planned } from "../../../shared/lib/dates";
import { firstName } from "../../../shared/lib/names";
import { confirm } from "../../../shared/ui/confirm";
import { availabilityQuery, membersQuery, rulesQuery, urgentsQuery } from "../api";
import css from "./Composer.module.css";

const NAMED = 3;

export interface OffActs {
  workspace: string;
  /** What is written is for people, not for everybody. */
  mayUrge: boolean;
  /** Sends what is written then. */
  later: (at: Date) => void;
  /** Sends it now, and it rings. */
  urge: () => void;
}

interface Found {
  person_id: string;
  reads_at: string | null;
  away: boolean;
  absence: string;
  name: string;
}

/** « Sera prévenu lundi à 08:30 »: in a place of few, of those who are off and let it be said. With what to do about it. */
export function OffNotice({ channel, acts }: { channel: string; acts: OffActs }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const { data: off } = useQuery(availabilityQuery(channel));
  const { data: members } = useQuery({ ...membersQuery(channel), enabled: off !== undefined && off.items.length > 0 });
  const found = (off?.items ?? []).flatMap((one): Found[] => {
    const person = members?.items.find((member) => member.person.id === one.person_id)?.person;
    return person ? [{ ...one, name: firstName(person.name) }] : [];
  });
  if (found.length === 0) return null;
  return (
    <div className={css.off}>
      <p role="status">
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
      <Then found={found} acts={acts} />
    </div>
  );
}

/** Wait until the last of them is back, or disturb them: asked first, and counted. */
function Then({ found, acts }: { found: readonly Found[]; acts: OffActs }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const { data: rules } = useQuery(rulesQuery(acts.workspace));
  const { data: urgents } = useQuery(urgentsQuery);
  const back = found.map((one) => one.reads_at ?? "").toSorted().at(-1);
  const left = urgents ? Math.max(0, urgents.a_day - urgents.sent_today) : 0;
  const urge = (): void =>
    confirm({
      title: t("off.urge_title"),
      consequence: t("off.urge_consequence", { count: left }),
      verb: t("off.urge_verb"),
      danger: false,
      act: acts.urge,
    });
  return (
    <span className={css.then}>
      {back && (
        <Button size="xs" variant="default" leftSection={<IconCalendarClock size={16} stroke={1.75} aria-hidden="true" />} onClick={() => acts.later(new Date(back))}>
          {t("off.send_at", { when: planned(back) })}
        </Button>
      )}
      {acts.mayUrge && rules?.urgent === true && urgents !== undefined && (
        <Button size="xs" variant="subtle" disabled={left === 0} leftSection={<IconBellRinging size={16} stroke={1.75} aria-hidden="true" />} onClick={urge}>
          {left === 0 ? t("off.urge_none", { count: urgents.a_day }) : t("off.urge")}
        </Button>
      )}
    </span>
  );
}
