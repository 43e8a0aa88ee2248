import type { RowMenuState } from "../../../shared/ui/RowMenu";
import { letters } from "../lib/letters";
import { messageAt } from "../lib/moving";

interface Acts {
  menu: RowMenuState;
  /** Null where one may not. */
  reply: (() => void) | null;
  pick: (() => void) | null;
}

/** On a message that has the focus: Entrée and Espace open its actions, r answers, e and + react. */
export function useRowKeys({ menu, reply, pick }: Acts): (event: React.KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    menu.rowProps.onKeyDown(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const row = event.currentTarget;
    const act = (): (() => void) | null => {
      if (event.key === "Enter" || event.key === " ") return event.target === row ? () => menu.setOpened(true) : null;
      if (!letters.get() || messageAt(row.parentElement ?? row, event.target) !== row) return null;
      if (event.key === "r") return reply;
      return event.key === "e" || event.key === "+" ? pick : null;
    };
    const chosen = act();
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    chosen();
  };
}
