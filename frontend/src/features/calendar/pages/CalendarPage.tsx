import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconCalendar, IconDownload, IconEye, IconMinus, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { isTyping } from "../../../shared/a11y/keys";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { useNow } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ErrorNote, ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import type { RowAction } from "../../../shared/ui/RowMenu";
import { calendarFileOf, fileOf, rangeQuery, type Line } from "../api";
import { ConflictDialogHost } from "../components/ConflictDialog";
import { ConflictNote } from "../components/ConflictNote";
import { DayList } from "../components/DayList";
import { DayStrip } from "../components/DayStrip";
import { EventForm } from "../components/EventForm";
import { EventMenu } from "../components/EventMenu";
import { EventPanel } from "../components/EventPanel";
import { SeriesQuestionHost } from "../components/SeriesQuestion";
import { ViewBar } from "../components/ViewBar";
import { WeekendNote } from "../components/WeekendNote";
import { useAddress } from "../hooks/useAddress";
import { useDays } from "../hooks/useDays";
import { useEventActions } from "../hooks/useEventActions";
import { useEventForm } from "../hooks/useEventForm";
import { useOpenLine } from "../hooks/useOpenLine";
import { timingFor } from "../lib/form";
import { daysOf, lineKey, shows } from "../lib/lines";
import { moved, resized, STEP, type Timing } from "../lib/timing";
import { fetchedFor, periodOf, stepped, type View } from "../lib/view";
import { addDays, addMinutes, dateOf, mondayOf, wallOf, weekNumber } from "../lib/wall";
import { fullDay, monthTitle, zoneCity } from "../lib/words";
import css from "./CalendarPage.module.css";

const Grid = lazy(() => import("../components/Grid"));
const PHONE = "(max-width: 767px)";
const NOTHING: Line[] = [];

/** The room Agenda: month, week, day and list of the same events, in the time of the person who looks. */
export default function CalendarPage(): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const language = useLocale();
  const me = useMe();
  const workspace = useWorkspace();
  const zone = me.time_zone;
  const [address, go] = useAddress();
  const [days, setDays] = useDays();
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false }) ?? false;
  const today = dateOf(wallOf(new Date(useNow()), zone));
  const view: View = isPhone ? "liste" : (address.view ?? "semaine");
  const date = address.date ?? today;
  const period = isPhone ? { from: date, to: addDays(date, 8) } : periodOf(view, date, days);
  const fetched = isPhone ? { from: mondayOf(date), to: addDays(mondayOf(date), 15) } : fetchedFor(view, date);
  const page = useQuery(rangeQuery(workspace.id, fetched.from, fetched.to, zone));
  const lines = page.data?.items ?? NOTHING;
  const abilities = page.data?.abilities[workspace.id]?.own;
  const canEdit = abilities?.edit ?? false;
  const actions = useEventActions(zone);
  const editing = useEventForm(workspace, zone, () => go({ event: null }, true));
  const { form } = editing;
  const [menu, setMenu] = useState<{ line: Line; at: { x: number; y: number } } | null>(null);
  const [byKey, setByKey] = useState(false);
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const onFound = useCallback((found: string) => go({ date: found }, true), [go]);
  const isReady = page.isSuccess && !page.isPlaceholderData;
  const { line: open, isAbsent } = useOpenLine({ named: address.event, lines, isReady, zone, onFound });
  const draft = useMemo(() => (form?.kind === "new" ? timingFor(form.values, zone) : null), [form, zone]);

  const leaveForm = (then: () => void): void => {
    if (!editing.isDirty) {
      editing.close();
      then();
      return;
    }
    confirm({
      title: t("leave.title"),
      consequence: t("leave.consequence"),
      verb: t("leave.verb"),
      act: () => {
        editing.close();
        then();
      },
    });
  };
  const openLine = (line: Line, key = false): void =>
    leaveForm(() => {
      setByKey(key);
      go({ event: lineKey(line) });
    });
  const create = (timing: Timing): void => leaveForm(() => editing.openNew(timing));
  const createHere = (): void => create(proposed());
  const edit = (line: Line): void => leaveForm(() => void editing.openEdit(line));
  const remove = (line: Line): void => {
    void actions.remove(line, () => address.event !== null && go({ event: null }, true));
  };

  function proposed(): Timing {
    const now = wallOf(new Date(), zone);
    const day = isPhone || (today >= period.from && today < period.to) ? (isPhone ? date : today) : period.from;
    const start = day === today ? addMinutes(`${now.slice(0, 13)}:00:00`, 60) : `${day}T09:00:00`;
    return { allDay: false, start, end: addMinutes(start, 60) };
  }

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.key !== "n" || !plain || !canEdit || isTyping(event.target) || document.querySelector("[aria-modal=true]")) return;
      event.preventDefault();
      createHere();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });

  function handleEventKey(event: React.KeyboardEvent, line: Line): void {
    if (!event.altKey || event.ctrlKey || event.metaKey || !canEdit) return;
    const change = keyChange(event.key, event.shiftKey, line.all_day);
    if (!change) return;
    event.preventDefault();
    setFocusKey(lineKey(line));
    actions.nudge(line, change);
  }

  function movesOf(line: Line): RowAction[] {
    const put = (change: (timing: Timing) => Timing) => () => actions.nudge(line, change);
    const unit = line.all_day ? "day" : "minutes";
    return [
      ...(line.all_day
        ? []
        : [
            { key: "earlier", label: t("move.earlier", { count: STEP }), icon: IconArrowUp, onSelect: put((timing) => moved(timing, { minutes: -STEP })) },
            { key: "later", label: t("move.later", { count: STEP }), icon: IconArrowDown, onSelect: put((timing) => moved(timing, { minutes: STEP })) },
          ]),
      { key: "before", label: t("move.day_before"), icon: IconArrowLeft, onSelect: put((timing) => moved(timing, { days: -1 })) },
      { key: "after", label: t("move.day_after"), icon: IconArrowRight, onSelect: put((timing) => moved(timing, { days: 1 })) },
      { key: "longer", label: t(`resize.longer_${unit}`, { count: STEP }), icon: IconPlus, onSelect: put((timing) => resized(timing, 1)) },
      { key: "shorter", label: t(`resize.shorter_${unit}`, { count: STEP }), icon: IconMinus, onSelect: put((timing) => resized(timing, -1)) },
    ];
  }

  function menuOf(line: Line): RowAction[] {
    return [
      { key: "open", label: t("open"), icon: IconEye, onSelect: () => openLine(line, true) },
      ...(canEdit ? [{ key: "edit", label: t("edit"), icon: IconPencil, onSelect: () => edit(line) }, ...movesOf(line)] : []),
      { key: "file", label: t("file"), icon: IconDownload, onSelect: () => window.location.assign(fileOf(line.id)) },
      ...(canEdit ? [{ key: "remove", label: t("remove"), icon: IconTrash, danger: true, onSelect: () => remove(line) }] : []),
    ];
  }

  const step = (direction: -1 | 1): void =>
    go({ date: isPhone ? addDays(date, 7 * direction) : stepped(view, date, direction, days), event: null });
  const busy = useMemo(() => busyDays(lines, zone), [lines, zone]);
  const inPeriod = lines.filter((line) => shows(line, period.from, period.to, zone));
  const week = t("subtitle.week", { number: weekNumber(date) });
  const place = t("subtitle.zone", { city: zoneCity(zone) });

  return (
    <Page fill={view !== "liste"}>
     <div className={css.room} data-panel={form !== null || open !== null || undefined}>
      <PageHeader
        title={monthTitle(language, period.from, isPhone ? date : addDays(period.to, -1))}
        tabTitle={`${t("title")} · ${workspace.name}`}
        meta={
          view === "jour"
            ? `${fullDay(language, date)} · ${week} · ${place}`
            : view === "mois" || (view === "liste" && !isPhone)
              ? place
              : `${week} · ${place}`
        }
      >
        <ViewBar
          view={view}
          days={days}
          isPhone={isPhone}
          canEdit={canEdit}
          file={calendarFileOf(workspace.id)}
          onView={(next) => go({ view: next, date })}
          onStep={step}
          onToday={() => go({ date: today, event: null })}
          onDays={setDays}
          onNew={createHere}
        />
      </PageHeader>
      {isAbsent && (
          <ErrorNote
            action={
              <Button size="sm" variant="default" onClick={() => go({ event: null }, true)}>
                {t("common:close")}
              </Button>
            }
          >
            {t("absent")}
          </ErrorNote>
        )}
      <ProblemNote error={page.error} />
      {page.data?.truncated && <ErrorNote>{t("truncated")}</ErrorNote>}
      {workspace.mine.role === "guest" ? (
        <EmptyState icon={IconCalendar} title={t("guest.title")} hint={t("guest.hint")} />
      ) : view === "liste" ? (
        <>
          {isPhone && <DayStrip date={date} today={today} busy={busy} onDay={(day) => go({ date: day }, true)} onStep={step} />}
          {page.isPending ? (
            <RowsSkeleton rows={8} />
          ) : (
            <DayList
              lines={inPeriod}
              from={period.from}
              to={period.to}
              today={today}
              zone={zone}
              openKey={open ? lineKey(open) : null}
              onOpen={openLine}
              onMenu={(line, at) => setMenu({ line, at })}
              onEventKey={handleEventKey}
            />
          )}
          {isPhone && (
            <div className={css.foot}>
              {date !== today && (
                <Button variant="subtle" onClick={() => go({ date: today })}>
                  {t("today")}
                </Button>
              )}
              <Button component="a" href={calendarFileOf(workspace.id)} download variant="subtle">
                {t("whole_file")}
              </Button>
            </div>
          )}
        </>
      ) : (
        <>
          {days === 5 && view === "semaine" && (
            <WeekendNote lines={lines} monday={mondayOf(date)} zone={zone} onShow={() => setDays(7)} />
          )}
          <Suspense fallback={<RowsSkeleton rows={8} />}>
            <Grid
              lines={lines}
              view={view}
              date={date}
              days={days}
              zone={zone}
              language={language}
              canEdit={canEdit}
              openKey={open ? lineKey(open) : null}
              focusKey={focusKey}
              draft={draft}
              onOpen={openLine}
              onDay={(day) => go({ view: "jour", date: day, event: null })}
              onStep={step}
              onCreate={create}
              onMove={(line, timing, revert) => void actions.move(line, timing, revert)}
              onMenu={(line, at) => setMenu({ line, at })}
              onEventKey={handleEventKey}
            />
          </Suspense>
        </>
      )}
     </div>
      {form ? (
        <DetailsPanel title={form.kind === "new" ? t("form.new") : t("form.edit")} onClose={() => leaveForm(() => undefined)}>
          <EventForm
            key={form.kind === "new" ? form.id : lineKey(form.line)}
            workspaceId={workspace.id}
            values={form.values}
            onChange={editing.change}
            only={form.kind === "edit" ? form.only : null}
            invited={form.kind === "edit" ? form.line.attendees : []}
            viewerZone={zone}
            verb={form.kind === "new" ? t("form.create") : t("form.save")}
            error={form.error}
            busy={form.busy}
            note={
              form.current && (
                <ConflictNote current={form.current} zone={zone} onOver={() => void save(true)} onGiveUp={editing.close} />
              )
            }
            onSave={() => void save()}
            onCancel={() => leaveForm(() => undefined)}
          />
        </DetailsPanel>
      ) : (
        open && (
          <EventPanel
            key={lineKey(open)}
            line={open}
            zone={zone}
            canEdit={canEdit}
            canAnswer={abilities?.answer ?? false}
            focusTitle={byKey}
            onClose={() => go({ event: null })}
            onEdit={() => edit(open)}
            onRemove={() => remove(open)}
            onAnswer={(given) => void actions.answer(open, given)}
            moves={movesOf(open)}
          />
        )
      )}
      {menu && <EventMenu title={menu.line.title} at={menu.at} actions={menuOf(menu.line)} onClose={() => setMenu(null)} />}
      <SeriesQuestionHost />
      <ConflictDialogHost />
    </Page>
  );

  async function save(over = false): Promise<void> {
    const key = await editing.save(over);
    if (key !== null) go({ event: key }, true);
  }
}

/** Alt and an arrow move; Maj Alt and an arrow resize. */
function keyChange(key: string, isResize: boolean, allDay: boolean): ((timing: Timing) => Timing) | null {
  if (isResize) {
    const grows = key === "ArrowDown" || (allDay && key === "ArrowRight");
    const shrinks = key === "ArrowUp" || (allDay && key === "ArrowLeft");
    return grows || shrinks ? (timing) => resized(timing, grows ? 1 : -1) : null;
  }
  if (key === "ArrowLeft" || key === "ArrowRight") return (timing) => moved(timing, { days: key === "ArrowRight" ? 1 : -1 });
  if (allDay || (key !== "ArrowUp" && key !== "ArrowDown")) return null;
  return (timing) => moved(timing, { minutes: key === "ArrowDown" ? STEP : -STEP });
}

function busyDays(lines: Line[], zone: string): Set<string> {
  const busy = new Set<string>();
  for (const line of lines) {
    const { first, last } = daysOf(line, zone);
    for (let day = first; day <= last && busy.size < 400; day = addDays(day, 1)) busy.add(day);
  }
  return busy;
}
