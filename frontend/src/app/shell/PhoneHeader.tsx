import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconCompass, IconLayoutDashboard, IconPlus, IconSearch, IconSettings, IconUsers } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { NotificationsMenu } from "../../features/notifications/components/NotificationsMenu";
import { QuietSign } from "../../features/notifications/components/QuietSign";
import { PlanoMark } from "../../shared/ui/PlanoMark";
import { WorkspaceTile } from "../../shared/ui/WorkspaceTile";
import css from "./PhoneHeader.module.css";
import { UserMenu } from "./UserMenu";
import { useWorkspaces } from "./useOpenWorkspace";

/** On a phone: the workspace and what is under its name, search, notifications, me. */
export function PhoneHeader({ onSearch }: { onSearch: () => void }): React.JSX.Element {
  const { t } = useTranslation("shell");
  return (
    <header className={css.header} data-zone="top">
      <WorkspaceMenu />
      <ActionIcon aria-label={t("search")} onClick={onSearch}>
        <IconSearch size={22} stroke={1.75} />
      </ActionIcon>
      <QuietSign />
      <NotificationsMenu />
      <UserMenu />
    </header>
  );
}

function WorkspaceMenu(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const { mine, open } = useWorkspaces();
  const navigate = useNavigate();
  return (
    <Menu width={280} position="bottom-start" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={css.place}>
          {open ? <WorkspaceTile name={open.name} color={open.color} size={28} /> : <PlanoMark />}
          <span className={css.name}>{open?.name ?? "Plano"}</span>
          <span className="visually-hidden">{t("nav.menu")}</span>
          <IconChevronDown size={16} stroke={1.75} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {open && (
          <>
            <Menu.Item component={Link} to={`/w/${open.slug}/membres`} leftSection={<IconUsers size={18} stroke={1.75} />}>
              {t("room.members")}
            </Menu.Item>
            <Menu.Item component={Link} to={`/w/${open.slug}/parametres`} leftSection={<IconSettings size={18} stroke={1.75} />}>
              {t("nav.workspace_settings")}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconLayoutDashboard size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/" })}>
          {t("nav.desk")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("nav.workspaces")}</Menu.Label>
        {mine.map((workspace) => (
          <Menu.Item
            key={workspace.id}
            leftSection={<WorkspaceTile name={workspace.name} color={workspace.color} />}
            onClick={() => void navigate({ to: "/w/$slug", params: { slug: workspace.slug } })}
          >
            {workspace.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/espaces/nouveau" })}>
          {t("nav.open_workspace")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCompass size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/espaces" })}>
          {t("nav.browse")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
