/**
 * Acts on events: seen at once, undone honestly when the server refuses, with *Annuler* afterwards.
 * A lost race shows both versions; somebody's answer or another word in the title is no race.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "./useLocale";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { announce } from "../../../shared/a11y/announce";
import { toast } from "../../../shared/ui/toast";
import {
  answerEvent,
  cancelOccurrence,
  deleteEvent,
  eventQuery,
  keys,
  restoreEvent,
  restoreOccurrence,
  updateEvent,
  updateOccurrence,
  type Answer,
  type CalendarEvent,
  type EventPage,
  type Line,
} from "../api";
import { askConflict } from "../components/ConflictDialog";
import { askScope } from "../components/SeriesQuestion";
import { foldEvent } from "../live";
import { lineKey, lineOf, withoutEvent } from "../lib/lines";
import { drawn, sent, sentForSeries, timingOf, type Timing } from "../lib/timing";
import { longDay, when } from "../lib/words";

export interface EventActions {
  /** `revert` puts the drawing back when the person gives up. */
  move: (line: Line, timing: Timing, revert?: () => void) => Promise<void>;
  /** A move by keys: drawn at once, sent when the keys rest. */
  nudge: (line: Line, change: (timing: Timing) => Timing) => void;
  /** `onStart`: the person is sure; the panel can close. */
  remove: (line: Line, onStart: () => void) => Promise<void>;
  answer: (line: Line, given: Answer) => Promise<void>;
}

type Write = (version: number | null) => Promise<CalendarEvent>;
const REST = 600;

export function useEventActions(zone: string): EventActions {
  const cache = useQueryClient();
  const { t } = useTranslation("calendar");
  const language = useLocale();
  const seen = useRef(new Map<string, { version: number; sequence: number }>());
  const pending = useRef(new Map<string, { line: Line; timing: Timing; timer: number }>());

  return useMemo(() => {
    function redraw(line: Line, next: Line | null): void {
      for (const [key, page] of cache.getQueriesData<EventPage>({ queryKey: keys.ranges })) {
        if (!page) continue;
        const items = page.items.flatMap((held) => (lineKey(held) !== lineKey(line) ? [held] : next ? [next] : []));
        cache.setQueryData(key, { ...page, items });
      }
    }

    function known(event: CalendarEvent): void {
      seen.current.set(event.id, { version: event.version, sequence: event.sequence });
      foldEvent(cache, event);
    }

    /** The change, again when only other things changed meanwhile; `null` when the person keeps what the others did. */
    async function won(line: Line, mine: string, write: Write): Promise<CalendarEvent | null> {
      const latest = seen.current.get(line.id);
      const base = latest && latest.version > line.version ? latest : line;
      try {
        return await write(base.version);
      } catch (error) {
        if (!isProblem(error, "changed_meanwhile")) throw error;
        const current = error.errors["current"] as CalendarEvent; // the edge: the server's own EventOut
        if (current.sequence === base.sequence) return write(current.version);
        known(current);
        const theirs = when(lineOf(current), zone, language);
        return (await askConflict({ title: current.title, theirs, mine })) ? write(current.version) : null;
      }
    }

    async function series(line: Line): Promise<CalendarEvent> {
      return cache.fetchQuery({ ...eventQuery(line.id), staleTime: 0 });
    }

    async function move(line: Line, timing: Timing, revert?: () => void): Promise<void> {
      const scope = line.recurrence_id === null ? "all" : await askScope("move");
      if (scope === null) {
        redraw(line, line);
        revert?.();
        return;
      }
      const before = timingOf(line, zone);
      redraw(line, drawn(line, timing, zone));
      try {
        const undo = scope === "one" ? await moveOne(line, timing, before) : await moveAll(line, timing, before);
        if (undo === null) return;
        const place = when(drawn(line, timing, zone), zone, language);
        toast(t("moved", { when: place }), { undo: () => void undone(undo) });
        announce(t("moved", { when: place }));
      } catch (error) {
        redraw(line, line);
        toast(t("not_moved", { reason: sentenceFor(error, t) }));
      }
    }

    async function undone(write: () => Promise<CalendarEvent>): Promise<void> {
      try {
        known(await write());
        announce(t("undone"));
      } catch (error) {
        toast(t("not_undone", { reason: sentenceFor(error, t) }));
      }
    }

    async function moveOne(line: Line, timing: Timing, before: Timing): Promise<(() => Promise<CalendarEvent>) | null> {
      const id = line.recurrence_id;
      if (id === null) return null;
      const put = (to: Timing, version: number | null): Promise<CalendarEvent> => {
        const { start, end } = sent(to, zone);
        return updateOccurrence(line.id, id, version, { start, end });
      };
      const mine = when(drawn(line, timing, zone), zone, language);
      const event = await won(line, mine, (version) => put(timing, version));
      if (event === null) return null;
      known(event);
      return () => put(before, null);
    }

    async function moveAll(line: Line, timing: Timing, before: Timing): Promise<(() => Promise<CalendarEvent>) | null> {
      const mine = when(drawn(line, timing, zone), zone, language);
      if (line.recurrence_id === null) {
        const event = await won(line, mine, (version) => updateEvent(line.id, version, sent(timing, zone)));
        if (event === null) return null;
        known(event);
        return () => updateEvent(line.id, null, { ...sent(before, zone), ...(line.time_zone && { time_zone: line.time_zone }) });
      }
      const whole = await series(line);
      const change = sentForSeries(whole, line, timing, zone);
      const event = await won(line, mine, (version) => updateEvent(line.id, version, change));
      if (event === null) return null;
      known(event);
      const { start_local, end_local, all_day, rrule } = whole;
      return () => updateEvent(line.id, null, { start: start_local, end: end_local, all_day, rrule });
    }

    function nudge(line: Line, change: (timing: Timing) => Timing): void {
      const key = lineKey(line);
      const held = pending.current.get(key);
      if (held) window.clearTimeout(held.timer);
      const base = held?.line ?? line;
      const timing = change(held?.timing ?? timingOf(line, zone));
      redraw(line, drawn(line, timing, zone));
      announce(when(drawn(line, timing, zone), zone, language));
      const timer = window.setTimeout(() => {
        pending.current.delete(key);
        void move(base, timing);
      }, REST);
      pending.current.set(key, { line: base, timing, timer });
    }

    async function remove(line: Line, onStart: () => void): Promise<void> {
      const scope = line.recurrence_id === null ? "all" : await askScope("remove");
      if (scope === null) return;
      onStart();
      const occurrence = scope === "one" ? line.recurrence_id : null;
      const held = cache.getQueriesData<EventPage>({ queryKey: keys.ranges });
      if (occurrence !== null) redraw(line, null);
      else for (const [key, page] of held) if (page) cache.setQueryData(key, withoutEvent(page, line.id));
      try {
        if (occurrence !== null) known(await cancelOccurrence(line.id, occurrence));
        else await deleteEvent(line.id);
      } catch (error) {
        for (const [key, page] of held) cache.setQueryData(key, page);
        toast(t("not_removed", { reason: sentenceFor(error, t) }));
        return;
      }
      const day = longDay(language, timingOf(line, zone).start);
      const sentence = occurrence !== null ? t("removed_one", { title: line.title, day }) : t("removed", { title: line.title });
      toast(sentence, {
        undo: () => void undone(() => (occurrence !== null ? restoreOccurrence(line.id, occurrence) : restoreEvent(line.id))),
      });
    }

    async function answer(line: Line, given: Answer): Promise<void> {
      try {
        known(await answerEvent(line.id, given));
        announce(t(`answered.${given}`));
      } catch (error) {
        toast(t("not_answered", { reason: sentenceFor(error, t) }));
      }
    }

    return { move, nudge, remove, answer };
  }, [cache, t, language, zone]);
}
