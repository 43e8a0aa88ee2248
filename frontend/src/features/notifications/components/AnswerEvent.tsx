import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { type Answer, answerEvent, type Notification } from "../api";
import { useMarkRead } from "../hooks/useMarkRead";
import css from "./NotificationLine.module.css";

const ANSWERS = ["accepted", "tentative", "declined"] as const satisfies readonly Answer[];
interface Reply {
  value: (typeof ANSWERS)[number];
  list: HTMLElement | null;
}

/** Says whether one comes, where one is told of it. An answered invitation is read. */
export function AnswerEvent({ notification }: { notification: Notification }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { read } = useMarkRead();
  const reply = useMutation({
    mutationFn: ({ value }: Reply) => answerEvent(notification.link_id, value),
    onSuccess: (_, { value, list }) => {
      announce(t(`answered.${value}`, { title: notification.title }));
      read([notification.id]);
      // these buttons go: the focus stays in the list, or in what holds it
      setTimeout(() => (list?.querySelector<HTMLElement>("a[href]") ?? list?.closest<HTMLElement>("[role=dialog], main"))?.focus(), 50);
    },
  });
  return (
    <div className={css.answers} role="group" aria-label={t("answer.label", { title: notification.title })}>
      {ANSWERS.map((value) => (
        <Button
          key={value}
          size="sm"
          variant="default"
          onClick={(event) => {
            if (!reply.isPending) reply.mutate({ value, list: event.currentTarget.closest("ul") });
          }}
        >
          {t(`answer.${value}`)}
        </Button>
      ))}
      <ProblemNote error={reply.error} />
    </div>
  );
}
