import { Tooltip } from "@mantine/core";
import { type Icon, IconChevronDown, IconCompass, IconLayoutDashboard, IconPlus } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useUnreadByWorkspace } from "../../features/chat/hooks/useUnread";
import type { Workspace } from "../../shared/session/session";
import { cx } from "../../shared/ui/cx";
import { UnreadDot, UnreadPill } from "../../shared/ui/Tags";
import { WorkspaceTile } from "../../shared/ui/WorkspaceTile";
import { hereToo, roomsOf } from "./rooms";
import css from "./Sidebar.module.css";
import { useWorkspaces } from "./useOpenWorkspace";

/** My workspaces and the rooms of the open one; a rail of icons on middle screens. */
export function Sidebar(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const { mine, open } = useWorkspaces();
  return (
    <nav className={css.side} aria-label={t("nav.label")} data-zone="nav">
      <div className={css.scroll}>
        <Entry to="/" icon={IconLayoutDashboard} label={t("nav.desk")} exact />
        <h2 className={css.group} id="my-workspaces">
          {t("nav.workspaces")}
        </h2>
        <ul role="list" className={css.list} aria-labelledby="my-workspaces">
          {mine.map((workspace) => (
            <WorkspaceEntry key={workspace.id} workspace={workspace} open={workspace === open} />
          ))}
        </ul>
      </div>
      <div className={css.foot}>
        <Entry to="/espaces/nouveau" icon={IconPlus} label={t("nav.open_workspace")} />
        <Entry to="/espaces" icon={IconCompass} label={t("nav.browse")} exact />
      </div>
    </nav>
  );
}

function Entry({ to, icon: Glyph, label, exact = false }: { to: "/" | "/espaces" | "/espaces/nouveau"; icon: Icon; label: string; exact?: boolean }): React.JSX.Element {
  return (
    <Tooltip label={label} position="right" classNames={{ tooltip: css.tip ?? "" }}>
      <Link to={to} className={css.entry} activeOptions={{ exact }}>
        <Glyph size={20} stroke={1.75} aria-hidden="true" />
        <span className={css.label}>{label}</span>
      </Link>
    </Tooltip>
  );
}

function WorkspaceEntry({ workspace, open }: { workspace: Workspace; open: boolean }): React.JSX.Element {
  const { t } = useTranslation("shell");
  const pathname = useLocation({ select: (location) => location.pathname });
  const unread = useUnreadByWorkspace()(workspace.id);
  const fresh = !open && (unread.some || unread.count > 0);
  return (
    <li>
      <Tooltip label={workspace.name} position="right" classNames={{ tooltip: css.tip ?? "" }}>
        <Link
          to="/w/$slug"
          params={{ slug: workspace.slug }}
          className={cx(css.entry, css.workspace)}
          activeProps={{}}
          aria-current={undefined}
          data-open={open || undefined}
          data-fresh={fresh || undefined}
        >
          <WorkspaceTile name={workspace.name} color={workspace.color} />
          <span className={css.label}>{workspace.name}</span>
          {fresh && <UnreadDot />}
          {open && <IconChevronDown className={css.chevron} size={16} stroke={1.75} aria-hidden="true" />}
        </Link>
      </Tooltip>
      {open && (
        <ul role="list" className={css.rooms} aria-label={t("nav.rooms", { name: workspace.name })}>
          {roomsOf(workspace).map(({ key, to, icon: Glyph }) => (
            <li key={key}>
              <Tooltip label={t(`room.${key}`)} position="right" classNames={{ tooltip: css.tip ?? "" }}>
                <Link
                  to={to}
                  params={{ slug: workspace.slug }}
                  className={cx(css.entry, css.room)}
                  activeOptions={{ exact: key === "home", includeSearch: false }}
                  {...hereToo(key, pathname)}
                >
                  <Glyph size={18} stroke={1.75} aria-hidden="true" />
                  <span className={css.label}>{t(`room.${key}`)}</span>
                  {key === "chat" && (unread.count > 0 ? <UnreadPill count={unread.count} /> : unread.some && <UnreadDot />)}
                </Link>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
