import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { PasswordField } from "../../../shared/ui/Form";

/** The field of a new password, with the rule in words under it. */
export function NewPassword({ value, onChange, error, field = "password", label }: {
  value: string;
  onChange: (value: string) => void;
  error: unknown;
  field?: string;
  label?: string;
}): React.JSX.Element {
  const { t } = useTranslation("accounts");
  return (
    <PasswordField
      size="lg"
      label={label ?? t("password.new")}
      description={t("password.rule")}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={fieldError(error, field, t)}
    />
  );
}
