import { Popover } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { patient } from "../../../shared/live/patient";
import css from "./MessageRow.module.css";

const EmojiPicker = lazy(patient(() => import("./EmojiPicker").then((file) => ({ default: file.EmojiPicker }))));

/** The signs to choose from, beside the message; Échap gives the focus back. */
export function ReactionPicker({ choose, onClose }: { choose: (emoji: string) => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <Popover opened onDismiss={onClose} position="bottom-end" withinPortal withRoles={false} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <span className={css.anchor} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("reaction.add")} onKeyDown={(event) => event.stopPropagation()} onContextMenu={(event) => event.stopPropagation()}>
        <Suspense>
          <EmojiPicker
            choose={(emoji) => {
              choose(emoji);
              onClose();
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
