/** A slot of the grid that arrows move: the way to a new event without a mouse (look.md, Agenda). */
import { useMemo, useState, type HTMLAttributes, type KeyboardEvent } from "react";
import type { Timing } from "../lib/timing";
import type { View } from "../lib/view";
import { addDays, addMinutes } from "../lib/wall";

interface Options {
  view: View;
  date: string;
  canEdit: boolean;
  onCreate: (timing: Timing) => void;
  onStep: (direction: -1 | 1) => void;
  spoken: (timing: Timing) => string;
}

interface SlotCursor {
  zoneProps: HTMLAttributes<HTMLDivElement>;
  spoken: string;
  /** The slot to draw while the grid has the focus. */
  chosen: Timing | null;
  dates: (first: string, afterLast: string) => void;
}

const FIRST_HOUR = "09:00:00";

export function useSlotCursor({ view, date, canEdit, onCreate, onStep, spoken }: Options): SlotCursor {
  const [at, setAt] = useState<string | null>(null);
  const [range, setRange] = useState({ first: date, afterLast: addDays(date, 1) });
  const [said, setSaid] = useState("");
  const [hasFocus, setHasFocus] = useState(false);
  const hasHours = view !== "mois";
  const start = at !== null && at >= range.first && at < range.afterLast ? at : `${clamp(date)}T${FIRST_HOUR}`;

  function clamp(day: string): string {
    return day >= range.first && day < range.afterLast ? day : range.first;
  }

  const timingAt = (wall: string): Timing => slotAt(wall, hasHours);
  const chosen = useMemo(() => (hasFocus ? slotAt(start, hasHours) : null), [hasFocus, start, hasHours]);

  function go(to: string): void {
    if (to < range.first) onStep(-1);
    else if (to >= range.afterLast) onStep(1);
    setAt(to);
    setSaid(spoken(timingAt(to)));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
    const vertical = hasHours ? 30 : 7 * 24 * 60;
    const steps: Record<string, () => void> = {
      ArrowUp: () => go(addMinutes(start, -vertical)),
      ArrowDown: () => go(addMinutes(start, vertical)),
      ArrowLeft: () => go(addMinutes(start, -24 * 60)),
      ArrowRight: () => go(addMinutes(start, 24 * 60)),
      PageUp: () => onStep(-1),
      PageDown: () => onStep(1),
      Enter: () => canEdit && onCreate(timingAt(start)),
      " ": () => canEdit && onCreate(timingAt(start)),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  }

  return {
    zoneProps: {
      role: "application",
      tabIndex: 0,
      onKeyDown,
      onFocus: () => {
        setHasFocus(true);
        setSaid(spoken(timingAt(start)));
      },
      onBlur: () => setHasFocus(false),
    },
    spoken: said,
    chosen,
    dates: (first, afterLast) =>
      setRange((held) => (held.first === first && held.afterLast === afterLast ? held : { first, afterLast })),
  };
}

/** An hour, or a day where there are no hours. */
function slotAt(wall: string, hasHours: boolean): Timing {
  if (!hasHours) return { allDay: true, start: wall.slice(0, 10), end: addDays(wall, 1) };
  return { allDay: false, start: wall, end: addMinutes(wall, 60) };
}
