import { useEffect, useSyncExternalStore } from "react";
import { useLibrary } from "../../../shared/library/context";
import { onLanded, onTheirWay } from "../../../shared/library/onTheirWay";
import { useMe } from "../../../shared/session/session";
import { outbox } from "./useOutbox";

const FAILED = new Set(["refused", "lost"]);

/** Messages that wait for their files: told when one has arrived, or will not. Once, in the room. */
export function useArriving(): void {
  const library = useLibrary();
  const me = useMe();
  const waiting = useSyncExternalStore(outbox.items.subscribe, outbox.items.get);
  const going = useSyncExternalStore(onTheirWay.subscribe, onTheirWay.get);
  const awaited = waiting
    .filter((one) => one.refused === null)
    .flatMap((one) => one.files ?? [])
    .filter(({ node }) => node === null);
  const names = awaited.map(({ id, size }) => `${id} ${size}`).join(",");

  useEffect(() => onLanded((uploadId, node) => void outbox.landed(uploadId, node)), []);
  useEffect(() => {
    for (const [id, { state, code }] of going) if (FAILED.has(state)) void outbox.failed(id, code ?? "file_not_sent");
  }, [going]);
  // What an earlier page was sending goes on; what it had sent without hearing of it is asked for.
  useEffect(() => {
    if (names === "" || library === null) return;
    void (async () => {
      const uploader = await library.uploader();
      await uploader.restore(me.id);
      for (const [id = "", size] of names.split(",").map((one) => one.split(" "))) {
        if (onTheirWay.get().has(id)) continue;
        const found = await uploader.ask(id, Number(size));
        if (found === "gone") await outbox.failed(id, "file_not_sent");
        else if (found !== "waiting") await outbox.landed(id, found.node);
      }
    })().catch(() => undefined);
  }, [names, library, me.id]);
}
