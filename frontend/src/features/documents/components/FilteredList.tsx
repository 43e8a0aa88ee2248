import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import type { Node } from "../api";
import { type Filter, filteredQuery } from "../fields";
import css from "./Filter.module.css";

interface Props {
  workspaceId: string;
  folderId: string | null;
  filter: Filter;
  selectedId: string | null;
  actionsFor: (node: Node) => RowAction[];
  onOpen: (node: Node, byKey: boolean) => void;
}

/** What a filter finds here and in all folders below, each with where it lies. */
export function FilteredList({ workspaceId, folderId, filter, selectedId, actionsFor, onOpen }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(filteredQuery(workspaceId, folderId, filter));
  const nodes = data?.pages.flatMap((page) => page.items) ?? [];
  const places = Object.assign({}, ...(data?.pages.map((page) => page.places) ?? [])) as Record<string, { name: string }[]>;
  const count = data?.pages[0]?.count ?? 0;
  return (
    <div className={css.found}>
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={6} />}
      {data && (
        <p className={css.count} role="status">
          {t("filter.count", { count })}
        </p>
      )}
      {data && nodes.length === 0 && <EmptyState icon={IconFilterOff} title={t("filter.none")} hint={t("filter.none_hint")} />}
      <ul role="list" className={css.rows} aria-label={t("filter.results")}>
        {nodes.map((node) => (
          <li key={node.id} className={cx(css.row, node.id === selectedId && css.selected)}>
            <FileIcon name={node.name} mediaType={node.media_type} folder={node.kind === "folder"} locked={node.access === "restricted"} size={24} />
            <button type="button" className={css.open} aria-current={node.id === selectedId || undefined} onClick={(event) => onOpen(node, event.detail === 0)}>
              <span className={css.name}>{node.name}</span>
              <span className={css.meta}>
                {[t("top"), ...(places[node.id] ?? []).map((step) => step.name)].join(" › ")}
                {node.tags.length > 0 && ` · ${node.tags.join(", ")}`}
              </span>
            </button>
            <span className={css.side}>
              {node.kind === "document" && `${byteSize(node.size)} · `}
              <DateTime at={node.modified_at} />
            </span>
            <RowMenu name={node.name} actions={actionsFor(node)} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("filter.more")}
        </Button>
      )}
    </div>
  );
}
