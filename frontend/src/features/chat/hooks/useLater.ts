import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import type { Attached } from "../../../shared/library/onTheirWay";
import { newId } from "../../../shared/lib/ids";
import { planned } from "../../../shared/lib/dates";
import { toast } from "../../../shared/ui/toast";
import { cancelScheduled, schedule } from "../api";
import { foldScheduled } from "../lib/laterFolds";
import type { Composed } from "./useComposed";

/** Sends what is composed at its time. Tried again after a cut it is the same message: its id is made once. Taken back, it is a draft again. */
export function useLater(channel: string, thread: string | null, composed: Composed, cleared: () => void, restore: (text: string, files: readonly Attached[]) => void): (at: Date) => Promise<void> {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const id = useRef(newId());
  return (at) =>
      new Promise<void>((resolve, reject) => {
        composed.hand((text, mentions, how) => {
          const files = how.files ?? [];
          const nodes = files.flatMap(({ node }) => (node === null ? [] : [node]));
          if (nodes.length < files.length) {
            toast(t("later.files_first"));
            return reject(new Error("files on their way"));
          }
          const body = {
            id: id.current,
            text,
            thread_id: thread,
            mentions: mentions.map((one) => one.id),
            in_channel: how.inChannel ?? false,
            groups: how.groups ?? [],
            confirmed: how.confirmed ?? false,
            files: nodes,
            at: at.toISOString(),
          };
          schedule(channel, body).then(
            (row) => {
              id.current = newId();
              foldScheduled(cache, row);
              cleared();
              toast(t("later.done", { when: planned(row.at) }), { undo: () => void cancelScheduled(row.id).then(() => restore(text, files), (error: unknown) => toast(sentenceFor(error, t))) });
              resolve();
            },
            (error: unknown) => {
              toast(sentenceFor(error, t));
              reject(error instanceof Error ? error : new Error(String(error)));
            },
          );
        });
      });
}
