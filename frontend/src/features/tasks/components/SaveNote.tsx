import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import type { TextField } from "../hooks/useTextField";
import css from "./TaskPanel.module.css";

/** The state of an autosaved text in words; both versions when two people wrote in it. */
export function SaveNote({ field }: { field: TextField }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const { state } = field;
  if (state.kind === "failed") {
    return (
      <ErrorNote
        action={
          <Button size="sm" variant="subtle" onClick={field.save}>
            {t("retry")}
          </Button>
        }
      >
        {sentenceFor(state.error, t)} {t("save.kept")}
      </ErrorNote>
    );
  }
  if (state.kind === "conflict") {
    return (
      <div className={css.conflict} role="alert">
        <p>{t("save.conflict")}</p>
        <blockquote>{state.theirs === "" ? t("save.emptied") : state.theirs}</blockquote>
        <div className={css.choices}>
          <Button size="sm" onClick={field.keepMine}>
            {t("save.keep_mine")}
          </Button>
          <Button size="sm" variant="default" onClick={field.takeTheirs}>
            {t("save.take_theirs")}
          </Button>
        </div>
      </div>
    );
  }
  const words = { idle: "", waiting: "", saving: t("save.saving"), saved: t("save.saved") }[state.kind];
  return (
    <span className={css.state} role="status">
      {words}
    </span>
  );
}
