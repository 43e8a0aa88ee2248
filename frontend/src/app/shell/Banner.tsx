import { Button } from "@mantine/core";
import { IconCloudOff, IconInfoCircle, IconRefresh } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAllWaiting } from "../../features/chat/hooks/useOutbox";
import { useConnection } from "../../shared/live/store";
import { cx } from "../../shared/ui/cx";
import { useStartedWithout } from "../offlineStart";
import { useOutdated } from "../worker";
import css from "./Banner.module.css";
import { useWorkspaces } from "./useOpenWorkspace";

/** One at a time: the connection first, then what concerns the open workspace. */
export function Banner(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const { live, failures } = useConnection();
  const { open } = useWorkspaces();
  const waiting = useAllWaiting().filter((one) => one.refused === null).length;
  const outdated = useOutdated();
  const without = useStartedWithout();
  const silent = useSilence(live);
  const offline = !live && (without || (silent && failures > 0));
  return (
    <div role="status">
      {offline ? (
        <p className={cx(css.banner, css.warn)}>
          <IconCloudOff size={18} stroke={1.75} aria-hidden="true" />
          {waiting > 0 ? t("banner.offline_waiting", { count: waiting }) : t("banner.offline")}
        </p>
      ) : open?.archived_at ? (
        <p className={cx(css.banner, css.info)}>
          <IconInfoCircle size={18} stroke={1.75} aria-hidden="true" />
          {t("banner.archived")}
        </p>
      ) : outdated ? (
        <p className={cx(css.banner, css.info)}>
          <IconRefresh size={18} stroke={1.75} aria-hidden="true" />
          {t("banner.outdated")}
          <Button size="sm" variant="subtle" onClick={() => window.location.reload()}>
            {t("banner.reload")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

const SILENCE = 3000;

/** Not live for three seconds: a short cut is no news. */
function useSilence(live: boolean): boolean {
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (live) return undefined;
    const timer = setTimeout(() => setSilent(true), SILENCE);
    return () => {
      clearTimeout(timer);
      setSilent(false);
    };
  }, [live]);
  return silent && !live;
}
