import { useState } from "react";
import { KeyboardHelp } from "../components/KeyboardHelp";
import { letters } from "../lib/letters";
import { messageAt, placeFrom } from "../lib/moving";

interface Options {
  /** The messages that are held, in order. */
  ids: readonly string[];
  /** The first message that is new to me. */
  firstNew?: string | null;
  /** Draws a message that is not drawn: a long list has only those on screen. */
  bring?: (id: string) => void;
}

interface ListKeys {
  /** The one message that the tabulator stops at. */
  active: string | null;
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
  help: React.JSX.Element | null;
}

const FRAMES = 30;

/** One stop for the whole list; arrows, Début, Fin and pages go between messages, Échap goes back to the field. */
export function useListKeys({ ids, firstNew = null, bring }: Options): ListKeys {
  const [chosen, setChosen] = useState<string | null>(null);
  const [helping, setHelping] = useState(false);
  const active = chosen !== null && ids.includes(chosen) ? chosen : (ids.at(-1) ?? null);
  const go = (list: HTMLElement, id: string | undefined): void => {
    if (id === undefined) return;
    setChosen(id);
    const focus = (left: number): void => {
      const row = list.querySelector<HTMLElement>(`[data-message="${id}"]`);
      if (row) row.focus();
      else if (left > 0) requestAnimationFrame(() => focus(left - 1));
    };
    if (!list.querySelector(`[data-message="${id}"]`)) bring?.(id);
    focus(FRAMES);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>): void => {
    const list = event.currentTarget;
    const row = messageAt(list, event.target);
    if (!row || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.shiftKey ? null : placeFrom(event.key, ids.indexOf(row.dataset["message"] ?? ""), ids.length);
    if (next !== null) go(list, ids[next]);
    else if (event.key === "Escape") list.closest("[data-talk]")?.querySelector<HTMLElement>("textarea")?.focus();
    else if (event.key === "?" && letters.get()) setHelping(true);
    else if (event.key === "n" && letters.get() && firstNew !== null) go(list, firstNew);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { active, onKeyDown, help: helping ? <KeyboardHelp onClose={() => setHelping(false)} /> : null };
}
