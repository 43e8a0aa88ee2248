import { IconCloudOff, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConnection } from "../../shared/live/store";
import { cx } from "../../shared/ui/cx";
import css from "./Banner.module.css";
import { useWorkspaces } from "./useOpenWorkspace";

/** One at a time: the connection first, then what concerns the open workspace. */
export function Banner(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const { live, failures } = useConnection();
  const { open } = useWorkspaces();
  const offline = !live && (failures >= 3 || (failures > 0 && !navigator.onLine));
  return (
    <div role="status">
      {offline ? (
        <p className={cx(css.banner, css.warn)}>
          <IconCloudOff size={18} stroke={1.75} aria-hidden="true" />
          {t("banner.offline")}
        </p>
      ) : open?.archived_at ? (
        <p className={cx(css.banner, css.info)}>
          <IconInfoCircle size={18} stroke={1.75} aria-hidden="true" />
          {t("banner.archived")}
        </p>
      ) : null}
    </div>
  );
}
