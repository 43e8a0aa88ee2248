import { IconCompass, IconLayoutDashboard, IconBell, IconSearch } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useUnreadByWorkspace } from "../../features/chat/hooks/useUnread";
import { UnreadDot } from "../../shared/ui/Tags";
import css from "./BottomBar.module.css";
import { hereToo, roomsOf } from "./rooms";
import { useWorkspaces } from "./useOpenWorkspace";

const OFFICE = [
  { key: "desk", to: "/", icon: IconLayoutDashboard },
  { key: "search", to: "/recherche", icon: IconSearch },
  { key: "notifications", to: "/notifications", icon: IconBell },
  { key: "browse_short", to: "/espaces", icon: IconCompass },
] as const;

/** On a phone: the rooms of the open workspace, or what is mine. */
export function BottomBar(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const { open } = useWorkspaces();
  const unreadIn = useUnreadByWorkspace();
  const pathname = useLocation({ select: (location) => location.pathname });
  if (!open)
    return (
      <nav className={css.bar} aria-label={t("nav.label")} data-zone="nav">
        {OFFICE.map(({ key, to, icon: Glyph }) => (
          <Link key={key} to={to} className={css.item} activeOptions={{ exact: true, includeSearch: false }}>
            <Glyph size={22} stroke={1.75} aria-hidden="true" />
            <span className={css.label}>{t(`nav.${key}`)}</span>
          </Link>
        ))}
      </nav>
    );
  const unread = unreadIn(open.id);
  return (
    <nav className={css.bar} aria-label={t("nav.rooms", { name: open.name })} data-zone="nav">
      {roomsOf(open)
        .filter(({ key }) => key !== "members")
        .map(({ key, to, icon: Glyph }) => (
          <Link
            key={key}
            to={to}
            params={{ slug: open.slug }}
            className={css.item}
            activeOptions={{ exact: key === "home", includeSearch: false }}
            {...hereToo(key, pathname)}
          >
            <Glyph size={22} stroke={1.75} aria-hidden="true" />
            <span className={css.label}>{t(`room.${key}`)}</span>
            {key === "chat" && (unread.some || unread.count > 0) && (
              <span className={css.dot}>
                <UnreadDot />
              </span>
            )}
          </Link>
        ))}
    </nav>
  );
}
