import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "../../../shared/ui/toast";
import { keys, markRead, type NotificationPage } from "../api";

/** Read here at once, then everywhere; taken back when the server could not be told. */
export function useMarkRead(): { read: (ids: string[]) => void; readAll: () => void } {
  const cache = useQueryClient();
  const { t } = useTranslation("notifications");
  const mark = useMutation({
    mutationFn: markRead,
    onMutate: (what) => {
      const now = new Date().toISOString();
      cache.setQueryData<NotificationPage>(keys.first, (page) => {
        if (!page) return page;
        const isMeant = (id: string): boolean => ("all" in what ? true : what.ids.includes(id));
        const items = page.items.map((one) => (one.read_at === null && isMeant(one.id) ? { ...one, read_at: now } : one));
        const changed = items.filter((one, index) => one !== page.items[index]).length;
        return { ...page, items, unread: "all" in what ? 0 : Math.max(0, page.unread - changed) };
      });
    },
    onError: () => {
      toast(t("not_marked"));
      void cache.invalidateQueries({ queryKey: keys.all });
    },
  });
  return {
    read: (ids) => {
      if (ids.length > 0) mark.mutate({ ids });
    },
    readAll: () => mark.mutate({ all: true }),
  };
}
