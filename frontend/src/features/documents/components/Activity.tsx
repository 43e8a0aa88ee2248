import { Button } from "@mantine/core";
import {
  IconArrowBackUp, IconCopy, IconFilePlus, IconFolderSymlink, IconHistory, IconLock, IconLockOpen, IconMessage, IconPencil, IconRosetteDiscountCheck,
  IconTag, IconTrash, IconUpload, IconUserQuestion, IconUsers,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { dayName } from "../../../shared/lib/dates";
import { DateTime, useNow } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { type ActivityLine, activityQuery } from "../follow";
import { byDay, joined, sentenceOf } from "../lib/activity";
import css from "./Activity.module.css";

const GLYPHS = {
  created: IconFilePlus, deposited: IconUpload, version: IconHistory, renamed: IconPencil, moved: IconFolderSymlink, copied: IconCopy, deleted: IconTrash,
  restored: IconArrowBackUp, access: IconUsers, locked: IconLock, unlocked: IconLockOpen, commented: IconMessage, asked: IconUserQuestion,
  answered: IconRosetteDiscountCheck, unpacked: IconFilePlus, described: IconTag,
} satisfies Record<ActivityLine["verb"], typeof IconHistory>;

interface Props {
  workspaceId: string;
  slug: string;
  /** Of one document or folder; null: of the library. */
  node: { id: string; kind: "folder" | "document" } | null;
  empty: string;
}

/** Who did what when, day by day; the latest first. */
export function Activity({ workspaceId, slug, node, empty }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const now = useNow();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(activityQuery(workspaceId, node?.id ?? null));
  const days = byDay(joined(data?.pages.flatMap((page) => page.items) ?? []));
  return (
    <div className={css.activity}>
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={4} />}
      {data && days.length === 0 && <p className={css.none}>{empty}</p>}
      {days.map((day) => (
        <section key={day.at}>
          <h3 className={css.day}>{dayName(day.at, now)}</h3>
          <ul role="list" className={css.list}>
            {day.lines.map((line) => (
              <Line key={line.id} line={line} slug={slug} of={node} />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <Button variant="subtle" size="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("activity.older")}
        </Button>
      )}
    </div>
  );
}

function Line({ line, slug, of }: { line: ActivityLine; slug: string; of: Props["node"] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const Glyph = GLYPHS[line.verb];
  const who = line.actor?.name ?? (line.depositor === "" ? t("activity.somebody") : t("share.external_by", { name: line.depositor }));
  const count = line.verb === "version" || line.verb === "commented" ? line.times : line.count;
  const words = t(`activity.${sentenceOf(line)}`, {
    who, count, number: line.number, from: line.restored_from, before: line.before, after: line.after, person: line.person?.name ?? t("activity.somebody"),
  });
  const own = of?.kind === "document";
  const where = line.folder !== null && line.folder.id !== of?.id && !own ? line.folder : null;
  const rest = line.count - line.nodes.length;
  return (
    <li className={css.line}>
      {line.actor ? (
        <PersonAvatar person={line.actor} size={28} />
      ) : (
        <span className={css.glyph}>
          <Glyph size={18} stroke={1.75} aria-hidden="true" />
        </span>
      )}
      <div className={css.words}>
        <p className={css.what}>
          {words} {line.actor?.guest && <GuestTag />}
        </p>
        {!own && (
          <p className={css.things}>
            {line.nodes.map((node, index) => (
              <span key={node.id}>
                {index > 0 && ", "}
                <Thing node={node} slug={slug} folderId={line.folder?.id} />
              </span>
            ))}
            {rest > 0 && ` ${t("activity.and_more", { count: rest })}`}
          </p>
        )}
        <p className={css.meta}>
          <DateTime at={line.at} />
          {where && ` · ${t("activity.in", { name: where.name })}`}
          {line.came_from && ` · ${t("activity.from", { name: line.came_from.name })}`}
          {line.from_top && ` · ${t("activity.from_top")}`}
        </p>
      </div>
      {line.actor && <Glyph className={css.sign} size={18} stroke={1.75} aria-hidden="true" />}
    </li>
  );
}

/** Its name leads to it; what lies in the bin, to the bin. */
function Thing({ node, slug, folderId }: { node: ActivityLine["nodes"][number]; slug: string; folderId: string | undefined }): React.JSX.Element {
  const params = { slug };
  if (node.binned) {
    return (
      <Link to="/w/$slug/documents/corbeille" params={params} className={css.binned}>
        {node.name}
      </Link>
    );
  }
  if (node.kind === "folder") {
    return (
      <Link to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: node.id }}>
        {node.name}
      </Link>
    );
  }
  return folderId === undefined ? (
    <Link to="/w/$slug/documents" params={params} search={{ doc: node.id }}>
      {node.name}
    </Link>
  ) : (
    <Link to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: folderId }} search={{ doc: node.id }}>
      {node.name}
    </Link>
  );
}
