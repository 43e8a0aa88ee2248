/** A form that is open: a new event, an event, one occurrence or a whole series. It survives errors and lost races. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "../../../shared/api/problem";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import {
  createEvent,
  deleteEvent,
  eventQuery,
  updateEvent,
  updateOccurrence,
  type CalendarEvent,
  type EventPatch,
  type Line,
  type OccurrencePatch,
} from "../api";
import { askScope } from "../components/SeriesQuestion";
import { blank, eventPatch, newEvent, occurrencePatch, valuesOf, type FormValues } from "../lib/form";
import { keepDraft, keptDraft } from "../lib/draft";
import { lineKey } from "../lib/lines";
import type { Timing } from "../lib/timing";
import { foldEvent } from "../live";

interface Base {
  values: FormValues;
  /** As they were when the form opened. */
  before: FormValues;
  busy: boolean;
  error: unknown;
  /** Somebody changed the same thing meanwhile. */
  current: CalendarEvent | null;
}

export type OpenForm = Base &
  ({ kind: "new"; id: string } | { kind: "edit"; line: Line; only: "occurrence" | null; series: CalendarEvent | null });

export interface EventForm {
  form: OpenForm | null;
  isDirty: boolean;
  openNew: (timing: Timing) => void;
  openEdit: (line: Line) => Promise<void>;
  change: (values: FormValues) => void;
  close: () => void;
  /** Returns the key of the line to show. `over`: whatever the others did. */
  save: (over?: boolean) => Promise<string | null>;
}

const FRESH = { busy: false, error: null, current: null };

export function useEventForm(workspace: { id: string; color: number }, zone: string, onUncreated: () => void): EventForm {
  const cache = useQueryClient();
  const { t } = useTranslation("calendar");
  const [form, setForm] = useState<OpenForm | null>(() => restored(workspace.id));
  const isDirty = form !== null && JSON.stringify(form.values) !== JSON.stringify(form.before);

  useEffect(() => {
    const isDraft = form?.kind === "new" && isDirty;
    keepDraft(workspace.id, isDraft ? { id: form.id, values: form.values, before: form.before } : null);
  }, [form, isDirty, workspace.id]);

  const openNew = useCallback(
    (timing: Timing) => {
      const values = blank(timing, zone, workspace.color);
      setForm({ ...FRESH, kind: "new", id: newId(), values, before: values });
    },
    [zone, workspace.color],
  );

  const openEdit = useCallback(
    async (line: Line) => {
      const scope = line.recurrence_id === null ? "all" : await askScope("edit");
      if (scope === null) return;
      const series = line.recurrence_id !== null && scope === "all" ? await cache.fetchQuery({ ...eventQuery(line.id), staleTime: 0 }) : null;
      const words = series ? { title: series.title, location: series.location, description: series.description } : {};
      const values = valuesOf({ ...line, ...words }, zone);
      const only = scope === "one" ? "occurrence" : null;
      setForm({ ...FRESH, kind: "edit", line, only, series, values, before: values });
    },
    [cache, zone],
  );

  const change = useCallback((values: FormValues) => setForm((held) => held && { ...held, values }), []);
  const close = useCallback(() => setForm(null), []);

  async function create(held: OpenForm & { kind: "new" }): Promise<string> {
    const event = await createEvent(workspace.id, newEvent(held.id, held.values));
    foldEvent(cache, event);
    const undo = (): void => {
      onUncreated();
      void deleteEvent(event.id);
    };
    toast(t("created", { title: event.title }), { undo });
    return event.id;
  }

  async function edit(held: OpenForm & { kind: "edit" }, version: number): Promise<string> {
    const { line, only, values, before, series } = held;
    const occurrence = only === "occurrence" ? line.recurrence_id : null;
    const patch = occurrence !== null ? occurrencePatch(values, before) : eventPatch(values, before, line, series);
    if (Object.keys(patch).length === 0) return lineKey(line);
    const send = (at: number): Promise<CalendarEvent> =>
      occurrence !== null ? updateOccurrence(line.id, occurrence, at, patch) : updateEvent(line.id, at, patch);
    const event = await send(version).catch((error: unknown) => {
      if (!isProblem(error, "changed_meanwhile")) throw error;
      const current = error.errors["current"] as CalendarEvent; // the edge: the server's own EventOut
      if (touchesSame(patch, current, series ?? line)) throw new Race(current);
      return send(current.version);
    });
    foldEvent(cache, event);
    const renamed = occurrence === null && ("start" in patch || "rrule" in patch || "time_zone" in patch);
    return renamed ? event.id : lineKey(line);
  }

  async function save(over = false): Promise<string | null> {
    if (form === null || form.busy) return null;
    setForm({ ...form, busy: true, error: null });
    try {
      const version = form.kind === "edit" ? (over && form.current ? form.current.version : (form.series ?? form.line).version) : 0;
      const key = form.kind === "new" ? await create(form) : await edit(form, version);
      setForm(null);
      return key;
    } catch (error) {
      if (error instanceof Race) setForm({ ...form, busy: false, current: error.current });
      else setForm({ ...form, busy: false, error });
      return null;
    }
  }

  return { form, isDirty, openNew, openEdit, change, close, save };
}

function restored(workspaceId: string): OpenForm | null {
  const draft = keptDraft(workspaceId);
  return draft && { ...FRESH, kind: "new", ...draft };
}

class Race extends Error {
  readonly current: CalendarEvent;
  constructor(current: CalendarEvent) {
    super("changed_meanwhile");
    this.current = current;
  }
}

/** Whether somebody else changed a field that this change writes too. */
function touchesSame(patch: EventPatch | OccurrencePatch, current: CalendarEvent, base: CalendarEvent | Line): boolean {
  const words = (["title", "location", "description", "color", "rrule"] as const).some(
    (field) => field in patch && current[field] !== base[field],
  );
  const time = "start" in patch && current.sequence !== base.sequence;
  const people = (event: CalendarEvent | Line): string => event.attendees.map((attendee) => attendee.person.id).sort().join();
  return words || time || ("attendees" in patch && people(current) !== people(base));
}
