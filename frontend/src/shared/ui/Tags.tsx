import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RoleName } from "../session/session";
import { cx } from "./cx";
import css from "./Tags.module.css";

/** Beside the name of a guest, wherever it appears. */
export function GuestTag({ organisation }: { organisation?: string }): React.JSX.Element {
  const { t } = useTranslation("common");
  const tag = <span className={cx(css.tag, css.guest)}>{t("role.guest")}</span>;
  return organisation ? <Tooltip label={organisation}>{tag}</Tooltip> : tag;
}

export function RoleTag({ role }: { role: RoleName }): React.JSX.Element {
  const { t } = useTranslation("common");
  return role === "guest" ? <GuestTag /> : <span className={cx(css.tag, css.role)}>{t(`role.${role}`)}</span>;
}

/** A state in words, on its own tint. */
export function StateTag({ tone, children }: { tone: "info" | "ok" | "warn" | "danger" | "neutral"; children: React.ReactNode }): React.JSX.Element {
  return <span className={cx(css.tag, css[tone])}>{children}</span>;
}

/** How much concerns me: a number in a pill. `label` says of what. */
export function UnreadPill({ count, label }: { count: number; label?: string }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  if (count <= 0) return null;
  return (
    <span className={css.pill}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{label ?? t("unread", { count })}</span>
    </span>
  );
}

/** Something is new, no number. */
export function UnreadDot({ label }: { label?: string }): React.JSX.Element {
  const { t } = useTranslation("common");
  return (
    <span className={css.dot}>
      <span className="visually-hidden">{label ?? t("new")}</span>
    </span>
  );
}
