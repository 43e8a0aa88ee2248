import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { planned, timeZone } from "../../../shared/lib/dates";
import { toast } from "../../../shared/ui/toast";
import { forgetReminder, laterKeys, type Message, remind, remindersQuery } from "../api";
import { remindingTimes } from "../lib/later";
import { WhenDialog } from "./WhenDialog";

/** « Me le rappeler »: when, or no more. Nobody else knows. */
export function ReminderDialog({ message, onClose }: { message: Message; onClose: () => void }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const { data, isLoading } = useQuery(remindersQuery);
  const [moments] = useState(() => remindingTimes(Date.now(), timeZone()));
  if (isLoading) return null;
  const known = data?.items.find((one) => one.message_id === message.id);
  const done = (): Promise<void> => cache.invalidateQueries({ queryKey: laterKeys.reminders });
  return (
    <WhenDialog
      title={t("reminder.title")}
      verb={t("reminder.set")}
      moments={moments}
      {...(known && {
        at: known.at,
        forget: { label: t("reminder.forget"), act: () => forgetReminder(known.id).then(done) },
      })}
      act={async (at) => {
        const set = await remind(message.id, at.toISOString());
        await done();
        toast(t("reminder.done", { when: planned(set.at) }));
      }}
      onClose={onClose}
    />
  );
}
