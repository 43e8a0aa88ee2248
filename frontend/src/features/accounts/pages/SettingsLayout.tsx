import { IconBell, IconMessages, IconPalette, IconShieldLock, IconUser } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "./Settings.module.css";

const PARTS = [
  { key: "profile", to: "/parametres/profil", icon: IconUser },
  { key: "security", to: "/parametres/securite", icon: IconShieldLock },
  { key: "notifications", to: "/parametres/notifications", icon: IconBell },
  { key: "conversations", to: "/parametres/discussions", icon: IconMessages },
  { key: "appearance", to: "/parametres/apparence", icon: IconPalette },
] as const;

export default function SettingsLayout(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  return (
    <div className={css.layout}>
      <nav className={css.nav} aria-label={t("settings.label")}>
        <ul role="list">
          {PARTS.map(({ key, to, icon: Glyph }) => (
            <li key={key}>
              <Link to={to} className={css.entry}>
                <Glyph size={18} stroke={1.75} aria-hidden="true" />
                {t(`settings.${key}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.part}>
        <Outlet />
      </div>
    </div>
  );
}
