import { Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { dayIn } from "../shares";

interface Props {
  due: string;
  onDue: (due: string) => void;
  message: string;
  onMessage: (message: string) => void;
  /** Of the last attempt to save. */
  error: unknown;
  /** In a dialog that has nothing before them: the first has the focus, and a hint. */
  first?: boolean;
}

/** Until when an answer is asked for, and in which words. */
export function DueFields({ due, onDue, message, onMessage, error, first = false }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <>
      <TextInput
        {...(first && { "data-autofocus": true, description: t("approval.change_hint") })}
        type="date"
        label={t("approval.before")}
        value={due}
        min={dayIn(0)}
        onChange={(event) => onDue(event.currentTarget.value)}
        error={fieldError(error, "due", t)}
      />
      <Textarea label={t("approval.message")} maxLength={1000} autosize minRows={2} value={message} onChange={(event) => onMessage(event.currentTarget.value)} />
    </>
  );
}
