/** What can be made of a message, composed here: Discussions knows neither Tâches nor Agenda. */
import { lazy, Suspense, useMemo, useState } from "react";
import { useWorkspace } from "../../shared/session/session";
import { type Said, type Work, WorkContext } from "../../shared/work/context";
import { patient } from "../../shared/live/patient";

const Make = lazy(patient(async () => ({ default: (await import("./Make")).Make })));

export type What = "task" | "event" | "decision";

export function WorkProvider({ children }: { children: React.ReactNode }): React.JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = useState<{ what: What; said: Said } | null>(null);
  const { rooms, mine } = workspace;
  const writes = mine.abilities.write && mine.role !== "guest";
  const tasks = writes && rooms.includes("tasks");
  const chat = rooms.includes("chat");
  const events = writes && rooms.includes("calendar");
  const work = useMemo<Work>(
    () => ({
      task: tasks ? (said) => setOpen({ what: "task", said }) : null,
      event: events ? (said) => setOpen({ what: "event", said }) : null,
      decision: chat ? (said) => setOpen({ what: "decision", said }) : null,
    }),
    [tasks, events, chat],
  );
  return (
    <WorkContext.Provider value={work}>
      {children}
      {open && (
        <Suspense>
          <Make {...open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </WorkContext.Provider>
  );
}
