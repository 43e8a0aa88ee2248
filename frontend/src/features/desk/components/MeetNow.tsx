import { Button, Menu } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import type { Place } from "../api";

/** A meeting begins in a workspace: in which one is asked. */
export function MeetNow({ places }: { places: Place[] }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconVideo size={18} stroke={1.75} />}>
          {t("meet_now")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("meet_where")}</Menu.Label>
        {places.map((place) => (
          <Menu.Item
            key={place.id}
            leftSection={<WorkspaceTile name={place.name} color={place.color} />}
            onClick={() => void navigate({ to: "/w/$slug/reunions", params: { slug: place.slug }, search: { demarrer: "1" } })}
          >
            {place.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
