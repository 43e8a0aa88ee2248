import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { fullDay, narrowDay, weekDays } from "../lib/words";
import css from "./DayStrip.module.css";

interface Props {
  date: string;
  today: string;
  /** The days that have something. */
  busy: ReadonlySet<string>;
  onDay: (date: string) => void;
  onStep: (direction: -1 | 1) => void;
}

/** The days of the week across a phone: a touch goes to that day in the list below. */
export function DayStrip({ date, today, busy, onDay, onStep }: Props): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  return (
    <div className={css.row}>
      <ActionIcon size="sm" aria-label={t("previous.semaine")} onClick={() => onStep(-1)}>
        <IconChevronLeft size={20} stroke={1.75} />
      </ActionIcon>
      <ul role="list" className={css.strip} aria-label={t("strip")}>
      {weekDays(date, 7).map((day) => {
        const { letter, number } = narrowDay(locale, day);
        return (
          <li key={day}>
            <button
              type="button"
              className={css.day}
              aria-pressed={day === date}
              aria-current={day === today ? "date" : undefined}
              onClick={() => onDay(day)}
            >
              <span>{letter}</span>
              <span>{number}</span>
              <span className={css.dot} data-busy={busy.has(day) || undefined} aria-hidden="true" />
              <span className="visually-hidden">
                {busy.has(day) ? t("strip_busy", { day: fullDay(locale, day) }) : fullDay(locale, day)}
              </span>
            </button>
          </li>
        );
        })}
      </ul>
      <ActionIcon size="sm" aria-label={t("next.semaine")} onClick={() => onStep(1)}>
        <IconChevronRight size={20} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
