import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clock, fullDate } from "../../../shared/lib/dates";
import { identity } from "../../../shared/lib/names";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { cx } from "../../../shared/ui/cx";
import { useNow } from "../../../shared/ui/DateTime";
import type { Meeting, Occurrence } from "../api";
import css from "./Lines.module.css";

interface Props {
  event: Occurrence;
  slug: string;
  place?: string | undefined;
  /** The meeting of the event, when it is under way. */
  meeting?: Meeting | undefined;
}

/** From when to when, what, where; a meeting under way is one click away. */
export function EventLine({ event, slug, place, meeting }: Props): React.JSX.Element {
  const { t } = useTranslation("desk");
  const now = useNow();
  const key = event.recurrence_id === null ? event.id : `${event.id}_${event.recurrence_id}`; // as the calendar names a line
  const isOver = !event.all_day && Date.parse(event.end) < now;
  const state = meeting
    ? t("event.under_way", { count: meeting.participants.length })
    : isOver
      ? t("event.over")
      : event.location;
  return (
    <div className={cx(css.event, isOver && css.over)}>
      <span className={css.hours}>
        {event.all_day ? (
          <span>{t("event.all_day")}</span>
        ) : (
          <>
            <time dateTime={event.start} title={fullDate(event.start)}>
              {clock(event.start)}
            </time>
            <time dateTime={event.end}>{clock(event.end)}</time>
          </>
        )}
      </span>
      <span className={css.bar} data-color={identity(event.color)} aria-hidden="true" />
      <span className={css.words}>
        <Link to="/w/$slug/agenda" params={{ slug }} search={{ evenement: key }} className={css.title}>
          {event.title}
        </Link>
        <span className={css.meta}>{[place, state].filter(Boolean).join(" · ")}</span>
      </span>
      {meeting && (
        <ButtonLink to="/w/$slug/reunions/$meetingId" params={{ slug, meetingId: meeting.id }} size="sm" className={css.front}>
          {t("meeting.join")}
        </ButtonLink>
      )}
    </div>
  );
}
