import { Button, SegmentedControl } from "@mantine/core";
import { IconMessage2 } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import type { Mentionable } from "../../../shared/prose/MentionField";
import { useMe } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ErrorNote, ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { accessQuery, membersQuery, type Node } from "../api";
import { addComment, commentFolds, type CommentState, commentsQuery, threads } from "../comments";
import { CommentBox } from "./CommentBox";
import { CommentThread } from "./CommentThread";
import css from "./Comments.module.css";

interface Props {
  node: Node;
  /** The comment that an address names: it is looked for, whatever its state. */
  wanted?: string | undefined;
  /** Words of the content that a new remark is about. */
  quote?: string;
  onQuoted?: () => void;
  onVersion: (number: number) => void;
}

/** What people say beside a document, or a folder. */
export function Comments({ node, wanted, quote = "", onQuoted, onVersion }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [state, setState] = useState<CommentState>(wanted === undefined ? "open" : "all");
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(commentsQuery(node.id, state));
  const people = usePeople(node);
  const found = useMemo(() => threads(data?.pages ?? []), [data]);
  const may = data?.pages[0]?.abilities;
  const missing = useWanted(wanted, data?.pages.some((page) => page.items.some((one) => one.id === wanted)) ?? false, {
    done: data !== undefined && !hasNextPage,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined,
  });
  return (
    <div className={css.comments}>
      {may?.write === true && (
        <CommentBox
          key={quote}
          people={people}
          label={t("comments.write")}
          placeholder={t("comments.write")}
          verb={t("comments.send")}
          focusFirst={quote !== ""}
          place={node.kind === "document" && node.content_version > 0 ? { quote } : null}
          onSend={async ({ text, mentions, page, quote: words }) => {
            const number = node.content_version;
            const said = { id: newId(), text, mentions, quote: words, ...(page !== null && { page }), ...(number > 0 && { number }) };
            commentFolds.changed(cache, await addComment(node.id, said));
            if (state === "resolved") setState("open");
            onQuoted?.();
          }}
        />
      )}
      {may?.write === false && <p className={css.note}>{t("comments.reader")}</p>}
      <SegmentedControl
        size="sm"
        aria-label={t("comments.filter")}
        value={state}
        onChange={(next) => setState(next as CommentState)}
        data={[
          { value: "open", label: t("comments.open", { count: node.open_comments }) },
          { value: "resolved", label: t("comments.resolved") },
          { value: "all", label: t("comments.all") },
        ]}
      />
      {missing && <ErrorNote>{t("comments.gone")}</ErrorNote>}
      {isPending && <RowsSkeleton rows={3} />}
      <ProblemNote error={error} />
      {data && found.length === 0 && (
        <EmptyState icon={IconMessage2} title={t(`comments.none_${state}`)} hint={t(may?.write ? "comments.hint" : "comments.hint_reader")} />
      )}
      {may && (
        <ol role="list" className={css.threads}>
          {found.map((thread) => (
            <CommentThread key={thread.root.id} nodeId={node.id} present={node.content_version} thread={thread} may={may} people={people} wanted={wanted} onVersion={onVersion} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("comments.older")}
        </Button>
      )}
    </div>
  );
}

/** Who can be named: those who see the document first; other members are offered with a warning. */
function usePeople(node: Node): Mentionable[] {
  const me = useMe();
  const { data: inside } = useQuery(accessQuery(node));
  const { data: all } = useQuery({ ...membersQuery(node.workspace_id), retry: false });
  return useMemo(() => {
    const people = new Map<string, Mentionable>();
    for (const one of inside?.access.people ?? []) people.set(one.person.id, { ...one.person, guest: one.guest, inside: true });
    for (const one of all?.items ?? []) {
      if (inside && !people.has(one.person.id)) people.set(one.person.id, { ...one.person, guest: one.role === "guest", inside: false });
    }
    return [...people.values()]
      .filter((one) => one.id !== me.id)
      .sort((a, b) => Number(b.inside) - Number(a.inside) || a.name.localeCompare(b.name, "fr"));
  }, [inside, all, me.id]);
}

/** Asks for page after page until the wanted comment is here, then shows it; true when it is nowhere. */
function useWanted(wanted: string | undefined, here: boolean, { done, more }: { done: boolean; more: (() => void) | undefined }): boolean {
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (wanted === undefined || shown.current === wanted) return;
    if (!here) {
      more?.();
      return;
    }
    shown.current = wanted;
    const element = document.querySelector<HTMLElement>(`[data-comment="${wanted}"]`);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  });
  return wanted !== undefined && !here && done;
}
