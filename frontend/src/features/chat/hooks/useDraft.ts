import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useMe } from "../../../shared/session/session";
import { type Draft, draftsQuery, keepDraft } from "../api";
import { dropLocalDraft, keepLocalDraft, localDraft } from "../lib/store";

const SAVE_AFTER = 900;

interface Kept {
  text: string;
  setText: (text: string) => void;
  /** It was sent: nothing of it stays, on any device. */
  clear: () => void;
  ready: boolean;
}

/** What one has begun to write: in the browser at once, on the server a moment later, on the other devices then. */
export function useDraft(channel: string, thread: string | null): Kept {
  const me = useMe();
  const key = `${me.id} ${channel} ${thread ?? ""}`;
  const { data, isPending } = useQuery(draftsQuery);
  const server = data?.items.find((one: Draft) => one.channel_id === channel && one.thread_id === thread)?.text ?? "";
  const [text, show] = useState<string | null>(null);
  const dirty = useRef(false);
  const saved = useRef("");
  const value = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    if (!dirty.current) return;
    const now = value.current;
    dirty.current = false;
    try {
      await keepDraft(channel, now, thread);
      saved.current = now;
      if (value.current === now) await dropLocalDraft(key);
    } catch {
      dirty.current = value.current !== saved.current; // stays in the browser, goes with the next change
    }
  }, [channel, thread, key]);

  // What was typed just before a reload wins over what the server had received.
  useEffect(() => {
    if (isPending || text !== null) return undefined;
    let left = false;
    void localDraft(key)
      .catch(() => undefined)
      .then((local) => {
        if (left) return;
        saved.current = server;
        value.current = local?.text ?? server;
        dirty.current = local !== undefined && local.text !== server;
        show(value.current);
        if (dirty.current) timer.current = setTimeout(() => void save(), SAVE_AFTER);
      });
    return () => {
      left = true;
    };
  }, [isPending, text, key, server, save]);

  // Another device went on writing, and nothing was changed here since.
  useEffect(() => {
    if (text === null || dirty.current || server === saved.current) return;
    saved.current = server;
    value.current = server;
    show(server);
  }, [server, text]);

  useEffect(() => {
    const leave = (): void => void save();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [save]);

  const setText = useCallback(
    (next: string) => {
      value.current = next;
      dirty.current = true;
      show(next);
      void keepLocalDraft({ key, user: me.id, text: next }).catch(() => undefined);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER);
    },
    [key, me.id, save],
  );
  const clear = useCallback(() => {
    const hadBeenSaved = saved.current !== "";
    value.current = "";
    show("");
    clearTimeout(timer.current);
    void dropLocalDraft(key).catch(() => undefined);
    dirty.current = hadBeenSaved;
    if (hadBeenSaved) void save();
  }, [key, save]);
  return { text: text ?? "", setText, clear, ready: text !== null };
}
