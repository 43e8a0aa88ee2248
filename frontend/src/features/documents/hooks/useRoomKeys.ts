import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isTyping } from "../../../shared/a11y/keys";
import { captureName, pastedFiles } from "../lib/pasted";
import { undoLast } from "../lib/undo";

interface Room {
  workspaceId: string;
  /** Whether files may be put here. */
  mayWrite: boolean;
  names: () => readonly string[];
  onFiles: (files: File[]) => void;
}

/** Ctrl+V puts what the clipboard holds into the place, Ctrl+Z takes the last act back; never while somebody types. */
export function useRoomKeys(room: Room): void {
  const { t } = useTranslation("documents");
  const latest = useRef({ room, t });
  useEffect(() => {
    latest.current = { room, t };
  });
  useEffect(() => {
    const isBusy = (target: EventTarget | null): boolean => isTyping(target) || document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
    const onPaste = (event: ClipboardEvent): void => {
      const { room: now, t: say } = latest.current;
      if (!now.mayWrite || !event.clipboardData || isBusy(event.target)) return;
      const files = pastedFiles(event.clipboardData, () => captureName(new Date(), now.names(), say));
      if (files.length === 0) return;
      event.preventDefault();
      now.onFiles(files);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
      if (!undo || event.repeat || isBusy(event.target)) return;
      event.preventDefault();
      void undoLast(latest.current.room.workspaceId);
    };
    window.addEventListener("paste", onPaste);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("paste", onPaste);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
