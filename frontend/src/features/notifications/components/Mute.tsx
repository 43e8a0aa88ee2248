import { ActionIcon, Tooltip } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { toast } from "../../../shared/ui/toast";
import { setLevel } from "../api";
import css from "./NotificationLine.module.css";

/** One gesture: this conversation tells no more. One more takes it back. */
export function Mute({ channel, title }: { channel: string; title: string }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const mute = useMutation({
    mutationFn: () => setLevel(channel, "nothing"),
    onSuccess: () => toast(t("muted"), { undo: () => void setLevel(channel, "mentions").catch((error: unknown) => toast(sentenceFor(error, t))) }),
    onError: (error) => toast(sentenceFor(error, t)),
  });
  return (
    <Tooltip label={t("mute")}>
      <ActionIcon className={css.mute} size="sm" aria-label={t("mute_of", { title })} onClick={() => mute.mutate()}>
        <IconBellOff size={18} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
