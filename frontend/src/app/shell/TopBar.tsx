import { UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { NotificationsMenu } from "../../features/notifications/components/NotificationsMenu";
import { QuietSign } from "../../features/notifications/components/QuietSign";
import { PlanoMark } from "../../shared/ui/PlanoMark";
import { HelpButton } from "./HelpButton";
import css from "./TopBar.module.css";
import { UserMenu } from "./UserMenu";

export function TopBar({ onSearch }: { onSearch: () => void }): React.JSX.Element {
  const { t } = useTranslation("shell");
  return (
    <header className={css.bar} data-zone="top">
      <Link to="/" className={css.brand} aria-label={`Plano, ${t("nav.desk")}`}>
        <PlanoMark />
        <span className={css.name}>Plano</span>
      </Link>
      <UnstyledButton className={css.search} onClick={onSearch} aria-keyshortcuts="/ Control+K">
        <IconSearch size={18} stroke={1.75} aria-hidden="true" />
        <span className={css.words}>{t("search")}</span>
        <span className={css.keys} aria-hidden="true">
          <kbd>Ctrl</kbd>
          <kbd>K</kbd>
        </span>
      </UnstyledButton>
      <div className={css.end}>
        <HelpButton />
        <QuietSign />
        <NotificationsMenu />
        <UserMenu />
      </div>
    </header>
  );
}
