import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLibrary } from "../../../shared/library/context";
import { type Attached, onLanded, onTheirWay, type Progress } from "../../../shared/library/onTheirWay";
import { useMe } from "../../../shared/session/session";
import { toast } from "../../../shared/ui/toast";
import { audienceOf, takeBack } from "../api";

export const MOST_FILES = 20;
const STUCK = new Set<Progress["state"]>(["refused", "lost"]);

export interface Attaching {
  files: readonly Attached[];
  progress: ReadonlyMap<string, Progress>;
  /** Null where the library is switched off. */
  add: ((files: readonly File[]) => void) | null;
  pick: (nodes: readonly string[]) => Promise<void>;
  remove: (file: Attached) => void;
  retry: (file: Attached) => void;
  /** Documents that some readers of the conversation do not see where they lie, with how many they are. */
  unseen: ReadonlyMap<string, number>;
  /** A copy for the people of the conversation takes its place. */
  copy: (file: Attached) => Promise<void>;
  /** Something of it will not come: taken off, or tried again, before it is sent. */
  stuck: boolean;
}

type Change = (files: readonly Attached[]) => readonly Attached[];

/** What is attached to what one writes: from this computer, or from the library. */
export function useAttached(
  channel: string,
  files: readonly Attached[],
  setFiles: (change: Change) => void,
  unseen: ReadonlyMap<string, number>,
  setUnseen: (change: (now: ReadonlyMap<string, number>) => ReadonlyMap<string, number>) => void,
): Attaching {
  const { t } = useTranslation("chat");
  const library = useLibrary();
  const me = useMe();
  const progress = useSyncExternalStore(onTheirWay.subscribe, onTheirWay.get);
  const room = MOST_FILES - files.length;

  const add = useCallback(
    (chosen: readonly File[]) => {
      if (library === null || chosen.length === 0) return;
      if (chosen.length > room) toast(t("attach.most", { count: MOST_FILES }));
      const taken = chosen.slice(0, Math.max(0, room));
      void library.uploader().then(
        (uploader) => {
          const fresh = uploader.attach(me.id, library.workspaceId, channel, taken);
          setFiles((now) => [...now, ...fresh]);
        },
        () => toast(t("attach.not_loaded")),
      );
    },
    [library, room, t, me.id, channel, setFiles],
  );
  const pick = async (nodes: readonly string[]): Promise<void> => {
    const fresh = nodes.filter((id) => !files.some(({ node }) => node === id)).slice(0, Math.max(0, room));
    setFiles((now) => [...now, ...fresh.map((node) => ({ id: node, name: "", size: 0, type: "", node, picked: true }))]);
    try {
      const found = await audienceOf(channel, [...fresh]);
      setUnseen((now) => new Map([...now, ...found.filter(({ unseen: count }) => count > 0).map((one) => [one.node_id, one.unseen] as const)]));
    } catch {
      // not told: the document stays what it is, and who may not see it sees nothing of it
    }
  };
  const remove = (file: Attached): void => {
    setFiles((now) => now.filter(({ id }) => id !== file.id));
    if (file.node === null) void library?.uploader().then((uploader) => uploader.drop(file.id));
    else if (!file.picked) void takeBack(channel, file.node).catch(() => undefined);
  };
  const retry = (file: Attached): void => void library?.uploader().then((uploader) => uploader.retry(file.id));
  const copy = async (file: Attached): Promise<void> => {
    if (library === null || file.node === null) return;
    const node = await library.copyTo(channel, file.node);
    setFiles((now) => now.map((one) => (one.id === file.id ? { ...one, id: node, node, picked: false } : one)));
  };

  useEffect(
    () =>
      onLanded((uploadId, node) =>
        setFiles((now) => (now.some(({ id }) => id === uploadId) ? now.map((one) => (one.id === uploadId ? { ...one, node } : one)) : now)),
      ),
    [setFiles],
  );
  // What an earlier page left goes on, and what it did not hear of is asked for.
  const names = useMemo(() => files.filter(({ node }) => node === null).map(({ id, size }) => `${id} ${size}`).join(","), [files]);
  useEffect(() => {
    if (names === "" || library === null) return;
    void (async () => {
      const uploader = await library.uploader();
      await uploader.restore(me.id);
      for (const [id = "", size] of names.split(",").map((one) => one.split(" "))) {
        if (onTheirWay.get().has(id)) continue;
        const found = await uploader.ask(id, Number(size));
        if (found === "gone") setFiles((now) => now.filter((one) => one.id !== id || one.node !== null));
        else if (found !== "waiting") setFiles((now) => now.map((one) => (one.id === id ? { ...one, node: found.node } : one)));
      }
    })().catch(() => undefined);
  }, [names, library, me.id, setFiles]);
  const stuck = files.some(({ id, node }) => node === null && STUCK.has(progress.get(id)?.state ?? "waiting"));
  return { files, progress, add: library === null ? null : add, pick, remove, retry, unseen, copy, stuck };
}
