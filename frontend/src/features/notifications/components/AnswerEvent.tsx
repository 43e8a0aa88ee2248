import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { type Answer, answerEvent, type Notification } from "../api";
import { useMarkRead } from "../hooks/useMarkRead";
import css from "./NotificationLine.module.css";

const ANSWERS = ["accepted", "tentative", "declined"] as const satisfies readonly Answer[];

/** Says whether one comes, where one is told of it. An answered invitation is read. */
export function AnswerEvent({ notification }: { notification: Notification }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { read } = useMarkRead();
  const reply = useMutation({
    mutationFn: (value: Answer) => answerEvent(notification.link_id, value),
    onSuccess: (_, value) => {
      if (value !== "needs-action") announce(t(`answered.${value}`, { title: notification.title }));
      read([notification.id]);
    },
  });
  return (
    <div className={css.answers} role="group" aria-label={t("answer.label", { title: notification.title })}>
      {ANSWERS.map((value) => (
        <Button
          key={value}
          size="sm"
          variant="default"
          loading={reply.isPending && reply.variables === value}
          disabled={reply.isPending}
          onClick={() => reply.mutate(value)}
        >
          {t(`answer.${value}`)}
        </Button>
      ))}
      <ProblemNote error={reply.error} />
    </div>
  );
}
