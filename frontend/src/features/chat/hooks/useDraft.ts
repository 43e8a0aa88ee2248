import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useConnection } from "../../../shared/live/store";
import type { Attached } from "../../../shared/library/onTheirWay";
import { useMe } from "../../../shared/session/session";
import { type Draft, draftsQuery, keepDraft } from "../api";
import { dropLocalDraft, keepLocalDraft, localDraft } from "../lib/store";

const SAVE_AFTER = 900;

interface Begun {
  text: string;
  files: readonly Attached[];
}

interface Kept extends Begun {
  setText: (text: string) => void;
  setFiles: (change: (files: readonly Attached[]) => readonly Attached[]) => void;
  /** It was sent: nothing of it stays, on any device. */
  clear: () => void;
  ready: boolean;
}

const NOTHING: Begun = { text: "", files: [] };
/** What the server can hold of it: files that are on their way are the browser's. */
const nodesOf = ({ files }: Begun): string[] => files.flatMap(({ node }) => (node === null ? [] : [node]));
const same = (one: Begun, other: Begun): boolean => one.text === other.text && nodesOf(one).join() === nodesOf(other).join();
const isEmpty = (one: Begun): boolean => one.text === "" && one.files.length === 0;

function heldBy(draft: Draft | undefined): Begun {
  if (!draft) return NOTHING;
  return { text: draft.text, files: draft.files.map((node) => ({ id: node, name: "", size: 0, type: "", node })) };
}

/** What another device holds now, and what is on its way from here; what was on its way there is known by its name here. */
function joined(server: Begun, here: Begun): Begun {
  const known = new Map(here.files.flatMap((file) => (file.node === null ? [] : [[file.node, file] as const])));
  const files = server.files.map((file) => known.get(file.node ?? "") ?? file);
  return { text: server.text, files: [...files, ...here.files.filter(({ node }) => node === null)] };
}

/** What one has begun to write: in the browser at once, on the server a moment later, on the other devices then. */
export function useDraft(channel: string, thread: string | null): Kept {
  const me = useMe();
  const key = `${me.id} ${channel} ${thread ?? ""}`;
  const { data, isPending } = useQuery(draftsQuery);
  const found = data?.items.find((one: Draft) => one.channel_id === channel && one.thread_id === thread);
  const server = useMemo(() => heldBy(found), [found]);
  const [begun, show] = useState<Begun | null>(null);
  const dirty = useRef(false);
  const saved = useRef(NOTHING);
  const value = useRef(NOTHING);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const going = useRef<Promise<unknown> | null>(null);
  const { live } = useConnection();

  const save = useCallback(async (leaving = false): Promise<void> => {
    clearTimeout(timer.current);
    // one after the other: the server may take them in another order
    while (dirty.current && !leaving && going.current !== null) await going.current;
    if (!dirty.current) return;
    const now = value.current;
    dirty.current = false;
    const keeping = keepDraft(channel, now.text, thread, nodesOf(now));
    const end = (): void => {
      if (going.current === ended) going.current = null;
    };
    const ended: Promise<void> = keeping.then(end, end);
    going.current = ended;
    try {
      await keeping;
      saved.current = now;
      dirty.current ||= !same(value.current, now);
      if (value.current === now && now.files.every(({ node }) => node !== null)) await dropLocalDraft(key);
    } catch {
      dirty.current = !same(value.current, saved.current); // stays in the browser, goes with the next change or the network
    }
  }, [channel, thread, key]);

  // What was typed just before a reload wins over what the server had received.
  useEffect(() => {
    if (isPending || begun !== null) return undefined;
    let left = false;
    void localDraft(key)
      .catch(() => undefined)
      .then((local) => {
        if (left) return;
        saved.current = server;
        // what was sent from here and not taken from there; another device may have begun something else since
        const counts = local !== undefined && (local.sent === undefined || (!isEmpty(server) && local.sent.startsWith(server.text)));
        if (local && !counts) void dropLocalDraft(key).catch(() => undefined);
        value.current = counts ? { text: local.text, files: local.files ?? [] } : server;
        dirty.current = !same(value.current, server);
        show(value.current);
        if (dirty.current) timer.current = setTimeout(() => void save(), SAVE_AFTER);
      });
    return () => {
      left = true;
    };
  }, [isPending, begun, key, server, save]);

  // Another device went on writing, and nothing was changed here since.
  useEffect(() => {
    if (begun === null || dirty.current || going.current !== null || same(server, saved.current)) return;
    saved.current = server;
    value.current = joined(server, value.current);
    show(value.current);
  }, [server, begun]);

  useEffect(() => {
    const leave = (): void => void save(true);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [save]);

  const set = useCallback(
    (next: Begun) => {
      value.current = next;
      dirty.current = going.current !== null || !same(next, saved.current);
      show(next);
      void keepLocalDraft({ key, user: me.id, text: next.text, files: [...next.files] }).catch(() => undefined);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER);
    },
    [key, me.id, save],
  );
  const setText = useCallback((text: string) => set({ ...value.current, text }), [set]);
  const setFiles = useCallback(
    (change: (files: readonly Attached[]) => readonly Attached[]) => set({ ...value.current, files: change(value.current.files) }),
    [set],
  );
  const clear = useCallback(() => {
    // what the server holds, or is just being given
    const known = !isEmpty(saved.current) || going.current !== null;
    const sent = value.current.text;
    value.current = NOTHING;
    show(NOTHING);
    clearTimeout(timer.current);
    dirty.current = known;
    void (known ? keepLocalDraft({ key, user: me.id, text: "", sent }) : dropLocalDraft(key)).catch(() => undefined);
    if (known) void save();
  }, [key, me.id, save]);

  // What could not be told goes when the server is back.
  useEffect(() => {
    if (live && dirty.current) void save();
  }, [live, save]);
  return { text: begun?.text ?? "", files: begun?.files ?? NOTHING.files, setText, setFiles, clear, ready: begun !== null };
}
