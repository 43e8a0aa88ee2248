import { IconDatabase } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import css from "./UploadTray.module.css";

/** The workspace is full: what was dropped waits, and whoever manages it sees what takes the space. */
export function FullNote(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  return (
    <p className={css.full}>
      <IconDatabase size={18} stroke={1.75} aria-hidden="true" />
      <span>
        {t("tray.full")}{" "}
        {workspace.mine.role === "manager" ? (
          <Link to="/w/$slug/documents/place" params={{ slug: workspace.slug }}>
            {t("space.see")}
          </Link>
        ) : (
          t("tray.full_ask")
        )}
      </span>
    </p>
  );
}
