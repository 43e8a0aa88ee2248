/** A text that saves itself. Somebody else's change to the same field is shown, never overwritten in silence. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { isProblem } from "../../../shared/api/problem";
import { upsertInto } from "../../../shared/live/cache";
import { changeTask, keys, type Task } from "../api";

type Name = "title" | "description";

export type SaveState =
  | { kind: "idle" | "waiting" | "saving" | "saved" }
  | { kind: "failed"; error: unknown }
  | { kind: "conflict"; theirs: string; version: number };

export interface TextField {
  value: string;
  state: SaveState;
  onChange: (text: string) => void;
  onBlur: () => void;
  save: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
}

const PAUSE = 900;

export function useTextField(task: Task, name: Name): TextField {
  const cache = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const [state, setState] = useState<SaveState>({ kind: "idle" });
  const draft = useRef<{ text: string; seen: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef(false);
  const { id, workspace_id: workspaceId } = task;
  const optional = name === "description";

  /** Sends what is written; answers whether more was written meanwhile. */
  const send = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const mine = draft.current;
    if (!mine || busy.current || (!optional && mine.text.trim() === "")) return false;
    busy.current = true;
    setState({ kind: "saving" });
    try {
      const saved = await changeTask(id, { [name]: mine.text }, mine.seen);
      upsertInto<Task>(cache, keys.tasks(workspaceId), saved);
      const later = draft.current;
      if (later?.text === mine.text) {
        draft.current = null;
        setText(null);
        setState({ kind: "saved" });
      } else if (later) later.seen = saved.version;
    } catch (error) {
      const current = isProblem(error, "changed_meanwhile") ? error.errors["current"] : null;
      if (isTask(current)) {
        upsertInto<Task>(cache, keys.tasks(workspaceId), current);
        setState({ kind: "conflict", theirs: current[name], version: current.version });
      } else setState({ kind: "failed", error });
      return false;
    } finally {
      busy.current = false;
    }
    return draft.current !== null;
  }, [cache, id, workspaceId, name, optional]);

  const save = useCallback(async () => {
    while (await send());
  }, [send]);

  const onChange = (next: string): void => {
    draft.current = { text: next, seen: draft.current?.seen ?? task.version };
    setText(next);
    if (state.kind === "conflict") return;
    setState({ kind: "waiting" });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), PAUSE);
  };

  // closing the panel saves what the pause had not yet sent
  useEffect(() => () => void save(), [save]);

  return {
    value: text ?? task[name],
    state,
    onChange,
    onBlur: () => {
      if (!optional && draft.current?.text.trim() === "") {
        draft.current = null;
        setText(null);
        setState({ kind: "idle" });
      } else if (state.kind !== "conflict") void save();
    },
    save: () => void save(),
    keepMine: () => {
      if (state.kind !== "conflict" || !draft.current) return;
      draft.current.seen = state.version;
      void save();
    },
    takeTheirs: () => {
      draft.current = null;
      setText(null);
      setState({ kind: "idle" });
    },
  };
}

function isTask(value: unknown): value is Task {
  return typeof value === "object" && value !== null && "title" in value && "version" in value;
}
