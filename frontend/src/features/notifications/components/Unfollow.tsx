import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { type Notification, unfollow } from "../api";
import { useMarkRead } from "../hooks/useMarkRead";
import css from "./NotificationLine.module.css";

interface Stop {
  id: string;
  list: HTMLElement | null;
}

/** Where one is told too much: be told no more of this folder or document. */
export function Unfollow({ notification }: { notification: Notification }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { read } = useMarkRead();
  const stop = useMutation({
    mutationFn: async ({ id }: Stop) => unfollow(id),
    onSuccess: (_, { list }) => {
      announce(t("unfollowed", { title: notification.title }));
      read([notification.id]);
      // the button goes: the focus stays in the list, or in what holds it
      setTimeout(() => (list?.querySelector<HTMLElement>("a[href]") ?? list?.closest<HTMLElement>("[role=dialog], main"))?.focus(), 50);
    },
  });
  return (
    <div className={css.answers}>
      <Button
        size="sm"
        variant="default"
        aria-label={t("unfollow_of", { title: notification.title })}
        onClick={(event) => {
          if (!stop.isPending) stop.mutate({ id: notification.link_id, list: event.currentTarget.closest("ul") });
        }}
      >
        {t("unfollow")}
      </Button>
      <ProblemNote error={stop.error} />
    </div>
  );
}
