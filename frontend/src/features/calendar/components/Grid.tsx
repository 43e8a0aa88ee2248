/** The drawn calendar: FullCalendar (MIT parts) in our tokens, on the wall clock of the person who looks. */
import type { DateSelectArg, DatesSetArg, EventApi, EventContentArg, EventInput, EventMountArg } from "@fullcalendar/core";
import dayGridPlugin from "@fullcalendar/daygrid";
import interactionPlugin from "@fullcalendar/interaction";
import FullCalendar from "@fullcalendar/react";
import timeGridPlugin from "@fullcalendar/timegrid";
import { useEffect, useMemo, useRef, type MouseEvent, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "../api";
import { useSlotCursor } from "../hooks/useSlotCursor";
import { lineKey, wallsOf } from "../lib/lines";
import { sameTiming, STEP, timingOf, type Timing } from "../lib/timing";
import type { View } from "../lib/view";
import { addDays, addMinutes, timeOf, wallOf } from "../lib/wall";
import { hours, longDay, weekDay, when } from "../lib/words";
import styles from "./Grid.module.css";

const DRAWN = { jour: "timeGridDay", semaine: "timeGridWeek", mois: "dayGridMonth" } as const;
const PLUGINS = [dayGridPlugin, timeGridPlugin, interactionPlugin];
const HOUR = { hour: "2-digit", minute: "2-digit", hour12: false } as const;

export interface GridProps {
  lines: Line[];
  view: Exclude<View, "liste">;
  date: string;
  days: 5 | 7;
  zone: string;
  language: string;
  canEdit: boolean;
  openKey: string | null;
  /** The line that a keyboard move has just changed: it gets the focus back. */
  focusKey: string | null;
  /** What a new event would take: drawn while its form is open. */
  draft: Timing | null;
  onOpen: (line: Line) => void;
  onDay: (date: string) => void;
  onStep: (direction: -1 | 1) => void;
  onCreate: (timing: Timing) => void;
  onMove: (line: Line, timing: Timing, revert: () => void) => void;
  onMenu: (line: Line, at: { x: number; y: number }) => void;
  onEventKey: (event: KeyboardEvent, line: Line) => void;
}

export default function Grid(props: GridProps): ReactNode {
  const { lines, view, date, days, zone, language, canEdit, openKey, focusKey, draft } = props;
  const { t } = useTranslation("calendar");
  const calendar = useRef<FullCalendar>(null);
  const frame = useRef<HTMLDivElement>(null);
  const cursor = useSlotCursor({ ...props, spoken: (timing) => spokenSlot(timing) });
  const { chosen } = cursor;
  const byKey = useMemo(() => new Map(lines.map((line) => [lineKey(line), line])), [lines]);
  const events = useMemo(
    () => [
      ...lines.map((line) => drawnEvent(line, zone, canEdit)),
      ...(draft ? [draftEvent(draft)] : []),
      ...(chosen ? [slotEvent(chosen)] : []),
    ],
    [lines, zone, canEdit, draft, chosen],
  );

  function spokenSlot(timing: Timing): string {
    const there = lines.filter((line) => {
      const { start, end } = wallsOf(line, zone);
      return start < timing.end && end > timing.start;
    });
    const place = timing.allDay ? longDay(language, timing.start) : `${longDay(language, timing.start)}, ${timing.start.slice(11, 16)}`;
    return [place, ...(there.length > 0 ? there.map((line) => line.title) : [t("grid.free")])].join(", ");
  }

  useEffect(() => {
    const api = calendar.current?.getApi();
    if (!api) return;
    // FullCalendar flushes React's rendering inside these calls: not during React's own
    queueMicrotask(() => {
      if (api.view.type !== DRAWN[view]) api.changeView(DRAWN[view], date);
      else api.gotoDate(date);
    });
  }, [view, date]);

  useEffect(() => {
    if (chosen && !chosen.allDay) calendar.current?.getApi().scrollToTime(`${String(Math.max(0, Number(chosen.start.slice(11, 13)) - 2)).padStart(2, "0")}:00:00`);
  }, [chosen]);

  useEffect(() => {
    if (focusKey === null) return undefined;
    const again = window.setTimeout(() => elementOf(frame.current, focusKey)?.focus({ preventScroll: false }));
    return () => window.clearTimeout(again);
  }, [focusKey, events]);

  const lineOfElement = (target: EventTarget): Line | undefined => {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-line]") : null;
    return element ? byKey.get(element.dataset["line"] ?? "") : undefined;
  };

  function handleMenu(event: MouseEvent): void {
    const line = lineOfElement(event.target);
    if (!line) return;
    event.preventDefault();
    props.onMenu(line, { x: event.clientX, y: event.clientY });
  }

  function handleKey(event: KeyboardEvent): void {
    const line = lineOfElement(event.target);
    if (!line) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      const box = (event.target as HTMLElement).getBoundingClientRect();
      props.onMenu(line, { x: box.left + 8, y: box.bottom });
      return;
    }
    props.onEventKey(event, line);
  }

  function handleSelect(selection: DateSelectArg): void {
    selection.view.calendar.unselect(); // the draft of the form is drawn instead
    props.onCreate(selectedTiming(selection));
  }

  function handleChange(change: { event: EventApi; revert: () => void }): void {
    const line = byKey.get(change.event.id);
    const timing = timingOfApi(change.event);
    if (!line || sameTiming(timing, timingOf(line, zone))) change.revert();
    else props.onMove(line, timing, () => change.revert());
  }

  function mount({ event, el }: EventMountArg): void {
    const line = byKey.get(event.id);
    if (!line) return;
    el.dataset["line"] = event.id;
    el.setAttribute("role", "button");
  }

  return (
    <div
      ref={frame}
      className={styles.frame}
      data-view={view}
      data-days={days}
      onContextMenu={handleMenu}
      onKeyDown={handleKey}
      role="presentation"
    >
      <div className={styles.cursor} {...cursor.zoneProps} aria-label={t("grid.label")} />
      <FullCalendar
        ref={calendar}
        plugins={PLUGINS}
        initialView={DRAWN[view]}
        initialDate={date}
        headerToolbar={false}
        height="100%"
        expandRows={view === "mois"}
        locale={language}
        firstDay={1}
        weekNumberCalculation="ISO"
        weekNumbers={view === "mois"}
        weekNumberContent={({ num }) => t("grid.week", { number: num })}
        timeZone="UTC"
        now={() => wallOf(new Date(), zone)}
        nowIndicator
        weekends={view === "mois" || days === 7 || (view === "jour")}
        slotDuration="00:30:00"
        snapDuration="00:15:00"
        slotLabelInterval="01:00:00"
        slotLabelFormat={HOUR}
        eventTimeFormat={HOUR}
        scrollTime="07:30:00"
        scrollTimeReset={false}
        allDayText={t("grid.allDay")}
        dayMaxEvents={view === "mois"}
        moreLinkContent={({ num }) => t("grid.more", { count: num })}
        moreLinkHint={(num) => t("grid.more", { count: num })}
        moreLinkDidMount={({ el }) => el.setAttribute("role", "button") /* it opens, it leads nowhere */}
        moreLinkClick={({ date: day }) => {
          props.onDay(day.toISOString().slice(0, 10));
          return "none";
        }}
        fixedWeekCount={false}
        dayCellDidMount={({ el }) => el.removeAttribute("aria-labelledby")}
        dayHeaderContent={({ date: day, isToday }) => header(day.toISOString().slice(0, 10), isToday)}
        events={events}
        eventContent={(shown) => content(shown, byKey.get(shown.event.id), zone, language)}
        eventClassNames={({ event }) => (event.id === openKey ? [styles.open ?? ""] : [])}
        eventDidMount={mount}
        eventInteractive
        eventClick={({ event, jsEvent }) => {
          jsEvent.preventDefault();
          const line = byKey.get(event.id);
          if (line) props.onOpen(line);
        }}
        eventOrder="start,-duration,title"
        eventShortHeight={44}
        eventMinHeight={20}
        editable={canEdit}
        eventResizableFromStart={false}
        eventAllow={(place, event) => event?.extendedProps["series"] !== true || place.allDay === event.allDay}
        eventDrop={handleChange}
        eventResize={handleChange}
        selectable={canEdit}
        selectMirror
        select={handleSelect}
        longPressDelay={400}
        datesSet={(shown: DatesSetArg) => cursor.dates(shown.startStr.slice(0, 10), shown.endStr.slice(0, 10))}
      />
      <p className="visually-hidden" aria-live="polite">
        {cursor.spoken}
      </p>
    </div>
  );

  function header(day: string, isToday: boolean): ReactNode {
    if (view === "mois") return longDay(language, day).split(/[ ,]/)[0];
    return (
      <>
        <span className={styles.dayName}>{weekDay(language, day)}</span>
        {isToday && <span className={styles.today}>{t("today")}</span>}
      </>
    );
  }
}

function drawnEvent(line: Line, zone: string, canEdit: boolean): EventInput {
  const { start, end } = wallsOf(line, zone);
  return {
    id: lineKey(line),
    title: line.title,
    start,
    end,
    allDay: line.all_day,
    editable: canEdit,
    classNames: [styles.event ?? "", styles[`color${line.color}`] ?? ""],
    extendedProps: { series: line.recurrence_id !== null },
  };
}

function draftEvent(draft: Timing): EventInput {
  return {
    id: "draft",
    title: "",
    start: draft.start,
    end: draft.end,
    allDay: draft.allDay,
    editable: false,
    interactive: false,
    classNames: [styles.event ?? "", styles.draft ?? ""],
  };
}

/** The slot that the arrows have chosen. */
function slotEvent(slot: Timing): EventInput {
  return { id: "slot", start: slot.start, end: slot.end, allDay: slot.allDay, display: "background", classNames: [styles.slot ?? ""] };
}

function content({ event, view }: EventContentArg, line: Line | undefined, zone: string, language: string): ReactNode {
  if (!line) return <span className={styles.title}>{event.title}</span>;
  const isMonth = view.type === DRAWN.mois;
  return (
    <span className={styles.content}>
      {isMonth && !line.all_day && <span className={styles.time}>{timeOf(wallsOf(line, zone).start)}</span>}
      <span className={styles.title}>{line.title}</span>
      {!isMonth && !line.all_day && <span className={styles.time}>{hours(line, zone, language)}</span>}
      {line.location !== "" && <span className={styles.place}>{line.location}</span>}
      <span className="visually-hidden">{`, ${when(line, zone, language)}`}</span>
    </span>
  );
}

function selectedTiming({ allDay, startStr, endStr }: DateSelectArg): Timing {
  if (allDay) return { allDay, start: startStr.slice(0, 10), end: endStr.slice(0, 10) };
  const start = startStr.slice(0, 19);
  const end = endStr.slice(0, 19);
  const isClick = addMinutes(start, STEP) === end;
  return { allDay, start, end: isClick ? addMinutes(start, 60) : end };
}

function timingOfApi(event: EventApi): Timing {
  const { allDay, startStr, endStr } = event;
  if (allDay) {
    const start = startStr.slice(0, 10);
    return { allDay, start, end: endStr === "" ? addDays(start, 1) : endStr.slice(0, 10) };
  }
  const start = startStr.slice(0, 19);
  return { allDay, start, end: endStr === "" ? addMinutes(start, 60) : endStr.slice(0, 19) };
}

function elementOf(frame: HTMLElement | null, key: string): HTMLElement | null {
  return frame?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`) ?? null;
}
