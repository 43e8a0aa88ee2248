import { useCallback, useState } from "react";
import { fenced, isBlock, putAlone, tableOf } from "../lib/pasted";

/** What was pasted and what it could be instead. */
export interface Offer {
  kind: "table" | "block";
  lines: number;
  accept: () => void;
  dismiss: () => void;
}

interface Pasted {
  kind: Offer["kind"];
  /** What stands in the text now, and what it becomes. */
  now: string;
  instead: string;
  lines: number;
}

type Paste = (event: React.ClipboardEvent<HTMLTextAreaElement>) => { value: string; caret: number } | null;

/** A table of a spreadsheet is pasted as a table, many lines as they are; the other way is offered for both. */
export function usePasting(text: string, setText: (text: string) => void): { onPaste: Paste; offer: Offer | null } {
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const onPaste = useCallback<Paste>((event) => {
    const field = event.currentTarget;
    const raw = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const table = tableOf({ text: raw, html: event.clipboardData.getData("text/html") });
    const lines = raw.trimEnd().split("\n").length;
    if (table !== null) {
      event.preventDefault();
      event.stopPropagation(); // its picture is no file to attach
      setPasted({ kind: "table", now: table, instead: raw.trimEnd(), lines });
      return putAlone(field.value, field.selectionStart, field.selectionEnd, table);
    }
    setPasted(isBlock(raw) ? { kind: "block", now: raw, instead: fenced(raw), lines } : null);
    return null;
  }, []);
  const at = pasted === null || pasted.now === "" ? -1 : text.lastIndexOf(pasted.now);
  if (pasted === null || at < 0) return { onPaste, offer: null };
  const dismiss = (): void => setPasted(null);
  const accept = (): void => {
    setText(putAlone(text, at, at + pasted.now.length, pasted.instead).value);
    dismiss();
  };
  return { onPaste, offer: { kind: pasted.kind, lines: pasted.lines, accept, dismiss } };
}
