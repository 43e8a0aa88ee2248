/** Every request of the calendar, and the keys of what it caches. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

/** The event, or a whole series. */
export type CalendarEvent = Schema<"EventOut">;
/** One line of the calendar: an event, or one occurrence of a series. */
export type Line = Schema<"OccurrenceOut">;
export type EventPage = Schema<"EventPage">;
export type EventPatch = Schema<"EventPatch">;
export type OccurrencePatch = Schema<"OccurrencePatch">;
export type Attendee = Schema<"AttendeeOut">;
export type Answer = Attendee["answer"];
export type Member = Schema<"MemberOut">;

export const keys = {
  ranges: ["calendar", "range"] as const,
  range: (workspaceId: string, from: string, to: string, zone: string) =>
    ["calendar", "range", workspaceId, from, to, zone] as const,
  event: (id: string) => ["calendar", "event", id] as const,
  /** The same key and answer as in the workspaces' own room: fetched once, folded there. */
  members: (workspaceId: string) => ["members", workspaceId] as const,
  /** Likewise, of the meetings' room. */
  meeting: (id: string) => ["meetings", "one", id] as const,
};

/** What shows between two dates of a person who lives in `zone` (the end excluded), series unrolled by the server. */
export function rangeQuery(workspaceId: string, from: string, to: string, zone: string) {
  return queryOptions({
    queryKey: keys.range(workspaceId, from, to, zone),
    queryFn: liveQueryFn(({ signal }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/events", {
          params: { path: { workspace_id: workspaceId }, query: { from, to } },
          signal,
        }),
      ),
    ),
    placeholderData: keepPreviousData,
  });
}

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: keys.event(id),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/events/{event_id}", { params: { path: { event_id: id } }, signal })),
    ),
  });
}

/** Who can be invited. */
export function membersQuery(workspaceId: string) {
  return queryOptions({
    queryKey: keys.members(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/members", {
          params: { path: { workspace_id: workspaceId } },
          signal,
        }),
      ),
    ),
  });
}

export interface NewEvent {
  id: string;
  title: string;
  start: string;
  end: string;
  time_zone: string | null;
  all_day: boolean;
  description: string;
  location: string;
  color: number;
  rrule: string;
  attendees: string[];
  origin?: Schema<"ThingIn">;
}

export function createEvent(workspaceId: string, event: NewEvent): Promise<CalendarEvent> {
  return answer(
    http.POST("/api/v1/workspaces/{workspace_id}/events", {
      params: { path: { workspace_id: workspaceId } },
      body: event,
      headers: idempotent(event.id),
    }),
  );
}

function ifMatch(version: number | null): Record<string, string> {
  return version === null ? {} : { "If-Match": `"${version}"` };
}

/** `version`: the one that the person saw; another one on the server is answered by 412. */
export function updateEvent(id: string, version: number | null, patch: EventPatch): Promise<CalendarEvent> {
  return answer(
    http.PATCH("/api/v1/events/{event_id}", {
      params: { path: { event_id: id } },
      body: patch,
      headers: ifMatch(version),
    }),
  );
}

export function updateOccurrence(
  id: string,
  recurrenceId: string,
  version: number | null,
  patch: OccurrencePatch,
): Promise<CalendarEvent> {
  return answer(
    http.PATCH("/api/v1/events/{event_id}/occurrences/{recurrence_id}", {
      params: { path: { event_id: id, recurrence_id: recurrenceId } },
      body: patch,
      headers: ifMatch(version),
    }),
  );
}

export async function deleteEvent(id: string): Promise<void> {
  await answer(http.DELETE("/api/v1/events/{event_id}", { params: { path: { event_id: id } } }));
}

export function restoreEvent(id: string): Promise<CalendarEvent> {
  return answer(http.POST("/api/v1/events/{event_id}/restore", { params: { path: { event_id: id } } }));
}

export function cancelOccurrence(id: string, recurrenceId: string): Promise<CalendarEvent> {
  return answer(
    http.DELETE("/api/v1/events/{event_id}/occurrences/{recurrence_id}", {
      params: { path: { event_id: id, recurrence_id: recurrenceId } },
    }),
  );
}

export function restoreOccurrence(id: string, recurrenceId: string): Promise<CalendarEvent> {
  return answer(
    http.POST("/api/v1/events/{event_id}/occurrences/{recurrence_id}/restore", {
      params: { path: { event_id: id, recurrence_id: recurrenceId } },
    }),
  );
}

export function answerEvent(id: string, given: Answer): Promise<CalendarEvent> {
  return answer(
    http.PUT("/api/v1/events/{event_id}/answer", {
      params: { path: { event_id: id } },
      body: { answer: given },
    }),
  );
}

/** The call of an event: it may be over by now. */
export function meetingQuery(meeting_id: string) {
  return queryOptions({
    queryKey: keys.meeting(meeting_id),
    queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id } }, signal }))),
    retry: false,
  });
}

/** The addresses of the `.ics` files. */
export const fileOf = (id: string): string => `/api/v1/events/${id}.ics`;
export const calendarFileOf = (workspaceId: string): string => `/api/v1/workspaces/${workspaceId}/calendar.ics`;
