import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { confirm } from "../../../shared/ui/confirm";
import { toast } from "../../../shared/ui/toast";
import { deleteMessage, frequentQuery, type Message, setPin, setReaction } from "../api";
import type { MessageActs } from "../components/MessageRow";
import { foldMessage, forgetMessage } from "../live";

/** What one can do with a message; the address of one is that of its place. */
export function useActs({ openThread, unreadFrom }: { openThread: ((root: Message) => void) | null; unreadFrom: ((seq: number) => Promise<void>) | null }): MessageActs {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const remove = useCallback(
    (message: Message) =>
      confirm({
        title: t("delete.title"),
        consequence: t("delete.consequence"),
        verb: t("delete.verb"),
        act: async () => {
          try {
            const trace = await deleteMessage(message.id);
            if (trace) foldMessage(cache, trace);
            else forgetMessage(cache, message.id, message.channel_id);
          } catch (error) {
            if (!isProblem(error) || error.status !== 404) throw error;
          }
        },
      }),
    [cache, t],
  );
  const copyLink = useCallback(
    (message: Message) => {
      const link = new URL(window.location.href);
      link.pathname = link.pathname.replace(/\/discussions.*$/, `/discussions/${message.channel_id}`);
      link.search = `?message=${message.id}`;
      link.hash = "";
      navigator.clipboard.writeText(link.href).then(
        () => toast(t("act.link_copied")),
        () => toast(t("act.link_not_copied")),
      );
    },
    [t],
  );
  const keep = useCallback(
    (change: Promise<Message>) =>
      change.then(
        (changed) => foldMessage(cache, changed),
        (error: unknown) => toast(sentenceFor(error, t)),
      ),
    [cache, t],
  );
  const react = useCallback(
    (message: Message, emoji: string, on: boolean) => {
      void keep(setReaction(message.id, emoji, on)).then(() => cache.invalidateQueries({ queryKey: frequentQuery.queryKey, refetchType: "none" }));
    },
    [cache, keep],
  );
  const pin = useCallback((message: Message, on: boolean) => void keep(setPin(message.id, on)), [keep]);
  return useMemo(
    () => ({
      reply: openThread,
      copyLink,
      remove,
      react,
      pin,
      unreadFrom: unreadFrom ? (message: Message) => void unreadFrom(message.seq).catch(() => toast(t("errors:unknown"))) : null,
    }),
    [openThread, copyLink, remove, react, pin, unreadFrom, t],
  );
}
