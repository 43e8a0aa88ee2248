import { ActionIcon } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import { type Composed, MOST } from "../hooks/useComposed";
import css from "./Composer.module.css";
import { SendLater } from "./SendLater";

const WARN_FROM = 18_000;

interface Props {
  hintId: string;
  /** What the field says when there is nothing to warn about. */
  hint: string;
  composed: Composed;
  go: () => void;
  later: (at: Date) => Promise<unknown>;
}

/** How much is left to write, and the button that sends. */
export function ComposerSend({ hintId, hint, composed, go, later }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const { over, empty } = composed;
  return (
    <>
      <span className={cx(css.hint, over > 0 && css.hintOver)} id={hintId}>
        {over > 0 ? t("limit.over", { count: over }) : over + MOST > WARN_FROM ? t("limit.left", { count: -over }) : hint}
      </span>
      <ActionIcon className={css.send} variant="filled" color="plano" aria-label={t("composer.send")} disabled={empty || over > 0} onClick={go}>
        <IconSend2 size={18} stroke={1.75} />
      </ActionIcon>
      <SendLater disabled={empty || over > 0} later={later} />
    </>
  );
}
