import { Button } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";

/** « Démarrer une réunion » from anywhere in a workspace: `from` is a channel or an event, as references name them. */
export function StartMeetingButton({ from, primary = false }: { from?: { kind: string; id: string }; primary?: boolean }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { slug } = useWorkspace();
  const search = { demarrer: "1", ...(from && { depuis: `${from.kind}:${from.id}` }) };
  return (
    <Button
      variant={primary ? "filled" : "default"}
      leftSection={<IconVideo size={18} stroke={1.75} />}
      renderRoot={(props) => <Link to="/w/$slug/reunions" params={{ slug }} search={search} preload={false} {...props} />}
    >
      {t("start")}
    </Button>
  );
}
