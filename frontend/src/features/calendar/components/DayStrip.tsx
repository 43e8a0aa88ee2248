import { useTranslation } from "react-i18next";
import { fullDay, narrowDay, weekDays } from "../lib/words";
import css from "./DayStrip.module.css";

interface Props {
  date: string;
  today: string;
  /** The days that have something. */
  busy: ReadonlySet<string>;
  onDay: (date: string) => void;
}

/** The days of the week across a phone: a touch goes to that day in the list below. */
export function DayStrip({ date, today, busy, onDay }: Props): React.JSX.Element {
  const { t, i18n } = useTranslation("calendar");
  return (
    <ul role="list" className={css.strip} aria-label={t("strip")}>
      {weekDays(date, 7).map((day) => {
        const { letter, number } = narrowDay(i18n.language, day);
        return (
          <li key={day}>
            <button
              type="button"
              className={css.day}
              aria-pressed={day === date}
              aria-current={day === today ? "date" : undefined}
              aria-label={busy.has(day) ? t("strip_busy", { day: fullDay(i18n.language, day) }) : fullDay(i18n.language, day)}
              onClick={() => onDay(day)}
            >
              <span aria-hidden="true">{letter}</span>
              <span aria-hidden="true">{number}</span>
              <span className={css.dot} data-busy={busy.has(day) || undefined} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
