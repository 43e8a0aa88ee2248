import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Mentionable } from "./Composer";
import { type OffActs, OffNotice } from "./OffNotice";
import css from "./Composer.module.css";

interface Props {
  channel: string;
  /** Something stands in the field. */
  writing: boolean;
  outside: readonly Mentionable[];
  letIn: ((person: Mentionable) => void) | null;
  /** What one may do about people who are off. */
  acts: OffActs;
}

/** What one should know before sending, above the field: each notice is one entry here. */
export function ComposerNotice({ channel, writing, outside, letIn, acts }: Props): React.JSX.Element {
  return (
    <>
      {outside.length > 0 && <OutsideNotice outside={outside} letIn={letIn} />}
      {writing && <OffNotice channel={channel} acts={acts} />}
    </>
  );
}

function OutsideNotice({ outside, letIn }: Pick<Props, "outside" | "letIn">): React.JSX.Element {
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
