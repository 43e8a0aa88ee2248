import { IconMessage2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { OneLine } from "../../../shared/prose/Prose";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { DetailsPanel } from "../../../shared/ui/panel";
import { UnreadPill } from "../../../shared/ui/Tags";
import { type Channel, threadsQuery } from "../api";
import { titleOf } from "../lib/title";
import css from "./PinsPanel.module.css";

interface Props {
  channels: readonly Channel[];
  onClose: () => void;
  onGone: () => void;
  focusTitle: boolean;
}

/** The threads that I follow in this workspace, the latest answers first, each with what is new in it. */
export function ThreadsPanel({ channels, onClose, onGone, focusTitle }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const { data, error } = useQuery(threadsQuery(workspace.id));
  const names = new Map(channels.map((one) => [one.id, titleOf(one, me.id)]));
  return (
    <DetailsPanel title={t("threads.title")} meta={workspace.name} onClose={onClose} focusTitle={focusTitle}>
      <ProblemNote error={error} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data?.items.length === 0 && <EmptyState icon={IconMessage2} title={t("threads.none")} hint={t("threads.hint")} />}
      <ul role="list" className={css.pins}>
        {data?.items.map((thread) => (
          <li key={thread.id} className={css.pin}>
            <Link
              to="/w/$slug/discussions/$channelId"
              params={{ slug: workspace.slug, channelId: thread.channel_id }}
              search={{ fil: thread.id }}
              className={cx(css.link, thread.unread > 0 && css.fresh)}
              onClick={onGone}
            >
              <span className={css.head}>
                <strong>{thread.root.author.name}</strong> · {names.get(thread.channel_id)}
              </span>
              <span className={css.text}>{thread.root.deleted_at === null ? <OneLine text={thread.root.text} /> : t("message.deleted")}</span>
              <span className={css.by}>
                {t("thread.replies", { count: thread.root.reply_count })}
                {thread.root.last_reply_at !== null && (
                  <>
                    {" · "}
                    <DateTime at={thread.root.last_reply_at} />
                  </>
                )}
              </span>
            </Link>
            {thread.unread > 0 && <UnreadPill count={thread.unread} />}
          </li>
        ))}
      </ul>
    </DetailsPanel>
  );
}
