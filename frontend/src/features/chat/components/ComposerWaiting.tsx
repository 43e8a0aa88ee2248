import { IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { planned } from "../../../shared/lib/dates";
import { useWorkspace } from "../../../shared/session/session";
import { useNow } from "../../../shared/ui/DateTime";
import { scheduledQuery } from "../api";
import css from "./Composer.module.css";

/** What of this conversation waits for its time, above the field; one that was refused says so. */
export function ComposerWaiting({ channel, thread }: { channel: string; thread: string | null }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const { data } = useQuery(scheduledQuery);
  const here = data?.items.filter((one) => one.channel_id === channel && one.thread_id === thread) ?? [];
  const next = here.find((one) => one.refused !== null) ?? here[0];
  if (!next) return null;
  return <Line count={here.length} at={next.at} refused={next.refused !== null} label={t("later.see")} />;
}

function Line({ count, at, refused, label }: { count: number; at: string; refused: boolean; label: string }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const workspace = useWorkspace();
  const now = useNow();
  return (
    <p className={css.waits} data-refused={refused || undefined} role={refused ? "alert" : undefined}>
      <IconClock size={16} stroke={1.75} aria-hidden="true" />
      {refused ? t("later.one_refused") : t("later.waits", { count, when: planned(at, now) })}
      <Link to="/w/$slug/plus-tard" params={{ slug: workspace.slug }}>
        {label}
      </Link>
    </p>
  );
}
