import { IconCalendar } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { EmptyState } from "../../../shared/ui/EmptyState";
import type { Line } from "../api";
import { daysOf, lineKey, wallsOf } from "../lib/lines";
import { addDays, dateOf, timeOf } from "../lib/wall";
import { longDay } from "../lib/words";
import css from "./DayList.module.css";

interface Props {
  lines: Line[];
  from: string;
  /** Excluded. */
  to: string;
  today: string;
  zone: string;
  openKey: string | null;
  onOpen: (line: Line, byKey: boolean) => void;
  onMenu: (line: Line, at: { x: number; y: number }) => void;
  onEventKey: (event: React.KeyboardEvent, line: Line) => void;
  children?: React.ReactNode;
}

/** The same events as a list, day by day: for a phone, for print, for whoever prefers to read. */
export function DayList(props: Props): React.JSX.Element {
  const { lines, from, to, today, zone, children } = props;
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  const days = daysWith(lines, from, to, zone);
  const start = days.find(({ day }) => day >= today)?.day;
  const startId = days[0]?.day === start ? undefined : start;
  useEffect(() => {
    if (startId !== undefined) document.getElementById(`section-${startId}`)?.scrollIntoView({ block: "start" });
  }, [startId, from]);
  if (days.length === 0) {
    return (
      <EmptyState icon={IconCalendar} title={t("empty.title")} hint={t("empty.hint")}>
        {children}
      </EmptyState>
    );
  }
  return (
    <div className={css.list}>
      {days.map(({ day, items }) => (
        <section key={day} aria-labelledby={`jour-${day}`} id={`section-${day}`} className={css.day}>
          <h2 id={`jour-${day}`} className={css.heading} data-today={day === today || undefined}>
            {dayTitle(day)}
          </h2>
          <ul role="list" className={css.items}>
            {items.map((line) => (
              <li key={lineKey(line)}>
                <Row line={line} day={day} {...props} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );

  function dayTitle(day: string): string {
    const name = longDay(locale, day);
    if (day === today) return t("day.today", { day: name });
    if (day === addDays(today, 1)) return t("day.tomorrow", { day: name });
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  }
}

function Row({ line, day, zone, openKey, onOpen, onMenu, onEventKey }: Props & { line: Line; day: string }): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const { start, end } = wallsOf(line, zone);
  const begins = !line.all_day && dateOf(start) === day;
  const ends = !line.all_day && dateOf(end) === day;
  const time = line.all_day || (!begins && !ends) ? t("grid.allDay") : begins ? timeOf(start) : t("list.until", { time: timeOf(end) });
  const people = line.attendees.length > 0 ? t("list.participants", { count: line.attendees.length }) : "";
  const more = [begins && ends ? `${timeOf(start)} – ${timeOf(end)}` : "", line.location, people].filter(Boolean);
  return (
    <button
      type="button"
      className={css.row}
      data-color={line.color}
      data-line={lineKey(line)}
      aria-current={openKey === lineKey(line) || undefined}
      onClick={(event) => onOpen(line, event.detail === 0)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(line, { x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => onEventKey(event, line)}
    >
      <span className={css.time}>{time}</span>
      <span className={css.words}>
        <span className={css.title}>{line.title}</span>
        {more.length > 0 && <span className={css.more}>{more.join(" · ")}</span>}
      </span>
    </button>
  );
}

function daysWith(lines: Line[], from: string, to: string, zone: string): { day: string; items: Line[] }[] {
  const byDay = new Map<string, Line[]>();
  for (const line of lines) {
    const { first, last } = daysOf(line, zone);
    for (let day = first < from ? from : first; day <= last && day < to; day = addDays(day, 1)) {
      byDay.set(day, [...(byDay.get(day) ?? []), line]);
    }
  }
  const days = [...byDay.keys()].sort();
  return days.map((day) => ({ day, items: (byDay.get(day) ?? []).sort(inDay) }));
}

/** Whole days first, then by hour. */
function inDay(a: Line, b: Line): number {
  return Number(b.all_day) - Number(a.all_day) || a.start.localeCompare(b.start) || a.title.localeCompare(b.title);
}
