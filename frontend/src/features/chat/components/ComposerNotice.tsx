import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Mentionable } from "./Composer";
import css from "./Composer.module.css";

interface Props {
  channel: string;
  outside: readonly Mentionable[];
  letIn: ((person: Mentionable) => void) | null;
}

/** What one should know before sending, above the field: each notice is one entry here. */
export function ComposerNotice({ outside, letIn }: Props): React.JSX.Element {
  return <>{outside.length > 0 && <OutsideNotice outside={outside} letIn={letIn} />}</>;
}

function OutsideNotice({ outside, letIn }: Omit<Props, "channel">): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <div className={css.warning} role="status">
      <span>{t("mention.outside", { count: outside.length, name: outside.map((person) => person.name).join(", ") })}</span>
      {letIn && outside[0] && (
        <Button size="sm" variant="default" onClick={() => outside.forEach(letIn)}>
          {t("mention.let_in")}
        </Button>
      )}
    </div>
  );
}
