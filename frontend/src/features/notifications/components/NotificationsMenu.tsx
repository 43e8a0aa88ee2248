import { ActionIcon, Button, Popover, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { notificationsQuery } from "../api";
import { useMarkRead } from "../hooks/useMarkRead";
import { grouped } from "../lib/groups";
import { NotificationLine } from "./NotificationLine";
import css from "./NotificationsMenu.module.css";

const SHOWN = 12;

/** The bell of the top bar and its list, beside the page and never over it; on a phone it leads to the page. */
export function NotificationsMenu(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { data } = useQuery(notificationsQuery);
  const [opened, setOpened] = useState(false);
  const isPhone = useMediaQuery("(max-width: 767px)") ?? false;
  const titleId = useId();
  const unread = data?.unread ?? 0;
  const label = unread > 0 ? t("bell_unread", { count: unread }) : t("bell");
  const bell = (
    <>
      <IconBell size={20} stroke={1.75} />
      {unread > 0 && <span className={css.dot} />}
    </>
  );
  if (isPhone) {
    return (
      <ActionIcon component={Link} to="/notifications" aria-label={label}>
        {bell}
      </ActionIcon>
    );
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={420} shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon aria-label={label} aria-haspopup="dialog" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {bell}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        className={css.dropdown}
        aria-labelledby={titleId}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) setOpened(false); // the search opens
        }}
      >
        <List titleId={titleId} onClose={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function List({ titleId, onClose }: { titleId: string; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { data, error, isPending } = useQuery(notificationsQuery);
  const { read, readAll } = useMarkRead();
  const [tab, setTab] = useState<string | null>("unread");
  const groups = grouped(data?.items ?? []).filter((group) => tab === "all" || group.unreadIds.length > 0);
  const unread = data?.unread ?? 0;
  return (
    <>
      <div className={css.head}>
        <h2 id={titleId}>{t("title")}</h2>
        {unread > 0 && (
          <Button size="sm" variant="subtle" onClick={readAll}>
            {t("read_all")}
          </Button>
        )}
      </div>
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List className={css.tabs}>
          <Tabs.Tab value="unread">{unread > 0 ? t("tab.unread_count", { count: unread }) : t("tab.unread")}</Tabs.Tab>
          <Tabs.Tab value="all">{t("tab.all")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab ?? "unread"} className={css.list}>
          {isPending && <RowsSkeleton rows={3} />}
          <ProblemNote error={error} />
          {data && groups.length === 0 && <p className={css.none}>{t(tab === "all" ? "empty.title" : "empty.unread")}</p>}
          <ul role="list">
            {groups.slice(0, SHOWN).map((group) => (
              <li key={group.id}>
                <NotificationLine
                  group={group}
                  onOpen={(one) => {
                    read(one.unreadIds);
                    onClose();
                  }}
                />
              </li>
            ))}
          </ul>
        </Tabs.Panel>
      </Tabs>
      <div className={css.foot}>
        <Link to="/notifications" onClick={onClose}>
          {t("see_all")}
        </Link>
      </div>
    </>
  );
}
