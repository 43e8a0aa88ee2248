import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attaching } from "../hooks/useAttached";
import { AttachButton } from "./ComposerFiles";
import { PollDialog } from "./PollDialog";

interface Props {
  channel: string;
  thread: string | null;
  attaching: Attaching;
}

/** What can be put into a message besides words: one button each, beside « @ ». */
export function ComposerTools({ channel, thread, attaching }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <AttachButton attaching={attaching} />
      <Tooltip label={t("poll.title")}>
        <ActionIcon size="sm" aria-label={t("poll.title")} onClick={() => setAsking(true)}>
          <IconChartBar size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {asking && <PollDialog channel={channel} thread={thread} onClose={() => setAsking(false)} />}
    </>
  );
}
