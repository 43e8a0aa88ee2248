import { Button } from "@mantine/core";
import { IconFiles } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLibrary } from "../../../shared/library/context";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { DetailsPanel } from "../../../shared/ui/panel";
import { type Channel, filesQuery } from "../api";
import { titleOf } from "../lib/title";
import css from "./FilesPanel.module.css";

/** What the messages of a conversation carry, the latest first; each leads to where it was said. */
export function FilesPanel({ channel, onClose, focusTitle }: { channel: Channel; onClose: () => void; focusTitle: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const { slug } = useWorkspace();
  const library = useLibrary();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(filesQuery(channel.id));
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <DetailsPanel title={t("attach.files")} meta={titleOf(channel, me.id)} onClose={onClose} focusTitle={focusTitle}>
      <ProblemNote error={error} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && rows.length === 0 && <EmptyState icon={IconFiles} title={t("attach.none")} hint={t("attach.none_hint")} />}
      <ul role="list" className={css.list}>
        {rows.map((row) => (
          <li key={`${row.message_id} ${row.node_id}`} className={css.row}>
            <Link
              to="/w/$slug/discussions/$channelId"
              params={{ slug, channelId: channel.id }}
              search={{ message: row.message_id, ...(row.thread_id !== null && { fil: row.thread_id }) }}
              className={css.head}
            >
              <strong>{row.author_name}</strong> <DateTime at={row.at} />
            </Link>
            {library && <library.Carried ids={[row.node_id]} />}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("attach.more")}
        </Button>
      )}
    </DetailsPanel>
  );
}
