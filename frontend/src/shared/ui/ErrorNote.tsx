import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { sentenceFor, supportCode } from "../api/errors";
import { ApiProblem } from "../api/problem";
import css from "./ErrorNote.module.css";

/** What happened, in place, until it is dealt with. */
export function ErrorNote({ children, action }: { children: React.ReactNode; action?: React.ReactNode }): React.JSX.Element {
  return (
    <div className={css.note} role="alert">
      <IconAlertCircle size={18} stroke={1.75} aria-hidden="true" />
      <div className={css.words}>{children}</div>
      {action}
    </div>
  );
}

/** The note for a failed request, with the code for support when the server broke. */
export function ProblemNote({ error, action }: { error: unknown; action?: React.ReactNode }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  if (error === null || error === undefined) return null;
  const code = error instanceof ApiProblem && error.status >= 500 ? supportCode(error) : null;
  return (
    <ErrorNote action={action}>
      {sentenceFor(error, t)}
      {code !== null && <span className={css.code}>{t("support_code", { code })}</span>}
    </ErrorNote>
  );
}
