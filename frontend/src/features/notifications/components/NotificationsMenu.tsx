import { ActionIcon } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notificationsQuery } from "../api";
import css from "./NotificationsMenu.module.css";

/** The bell of the top bar. */
export function NotificationsMenu(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { data } = useQuery(notificationsQuery);
  const unread = data?.unread ?? 0;
  return (
    <ActionIcon
      component={Link}
      to="/notifications"
      aria-label={unread > 0 ? t("bell_unread", { count: unread }) : t("bell")}
    >
      <IconBell size={20} stroke={1.75} />
      {unread > 0 && <span className={css.dot} />}
    </ActionIcon>
  );
}
