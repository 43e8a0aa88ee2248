import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type RoleName, ROLES } from "../api";
import css from "./Members.module.css";

const isRole = (value: string | null): value is RoleName => ROLES.some((role) => role === value);

interface Props {
  value: RoleName;
  onChange: (role: RoleName) => void;
  label: string;
  /** In a row: the label is heard, not seen. */
  compact?: boolean;
}

/** A role, with what it allows in words. */
export function RoleSelect({ value, onChange, label, compact = false }: Props): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  return (
    <Select
      {...(compact ? { "aria-label": label, className: css.role ?? "" } : { label })}
      data={[...ROLES].reverse().map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
      value={value}
      onChange={(role) => isRole(role) && role !== value && onChange(role)}
      comboboxProps={{ width: 300, position: "bottom-end" }}
      renderOption={({ option }) => (
        <span className={css.options}>
          <span>{option.label}</span>
          {isRole(option.value) && <span className={css.optionWhy}>{t(`role_why.${option.value}`)}</span>}
        </span>
      )}
    />
  );
}
