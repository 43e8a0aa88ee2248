import { ActionIcon, Button, SegmentedControl, Switch } from "@mantine/core";
import { IconActivity, IconBell, IconBellFilled, IconClock, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { placesQuery } from "../api";
import { Activity } from "../components/Activity";
import { BackToLibrary } from "../components/BackToLibrary";
import { followKeys, forgetOpened, type MyMarks, type ShelfItem, type ShelfName, shelfQuery, useMarks } from "../follow";
import css from "./ShelfPage.module.css";

type View = "favoris" | "recents" | "suivis" | "activite";
const VIEWS: readonly { view: View; icon: typeof IconStar }[] = [
  { view: "favoris", icon: IconStar },
  { view: "recents", icon: IconClock },
  { view: "suivis", icon: IconBell },
  { view: "activite", icon: IconActivity },
];

/** What I marked, opened and follow, and what happened: of this workspace, or of all of mine. */
export default function ShelfPage({ view }: { view: View }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const everywhere = search.partout !== undefined;
  const opened = search.vus === undefined;
  const name: ShelfName = view === "favoris" ? "favourites" : view === "suivis" ? "followed" : opened ? "opened" : "changed";
  const title = t(`shelf.${view}.title`);
  const go = (all: boolean, changed: boolean): void =>
    void navigate({
      to: `/w/$slug/documents/${view}`,
      params: { slug: workspace.slug },
      search: { ...(all && { partout: "oui" }), ...(changed && { vus: "tous" }) },
      replace: true,
    } as never);
  return (
    <Page narrow>
      <BackToLibrary />
      <PageHeader title={title} tabTitle={`${title}, ${workspace.name}`} meta={t(`shelf.${view}.lead`)} />
      <nav className={css.views} aria-label={t("shelf.views")}>
        {VIEWS.map(({ view: one, icon: Glyph }) => (
          <Link
            key={one}
            to={`/w/$slug/documents/${one}` as never}
            params={{ slug: workspace.slug } as never}
            search={(everywhere && one !== "activite" ? { partout: "oui" } : {}) as never}
            aria-current={one === view ? "page" : undefined}
          >
            <Glyph size={18} stroke={1.75} aria-hidden="true" />
            {t(`shelf.${one}.title`)}
          </Link>
        ))}
      </nav>
      {view === "activite" ? (
        <Activity workspaceId={workspace.id} slug={workspace.slug} node={null} empty={t("activity.none_library")} />
      ) : (
        <>
          <div className={css.tools}>
            {view === "recents" && (
              <SegmentedControl
                aria-label={t("shelf.recents.title")}
                value={opened ? "opened" : "changed"}
                onChange={(value) => go(everywhere, value === "changed")}
                data={[
                  { value: "opened", label: t("shelf.opened") },
                  { value: "changed", label: t("shelf.changed") },
                ]}
              />
            )}
            <Switch label={t("shelf.everywhere")} checked={everywhere} onChange={(event) => go(event.currentTarget.checked, view === "recents" && !opened)} />
          </div>
          <Shelf key={name} name={name} workspaceId={everywhere ? null : workspace.id} empty={view} />
        </>
      )}
    </Page>
  );
}

function Shelf({ name, workspaceId, empty }: { name: ShelfName; workspaceId: string | null; empty: View }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(shelfQuery(name, workspaceId));
  const { data: places } = useQuery(placesQuery);
  const marks = useMarks();
  const forget = (): void =>
    confirm({
      title: t("shelf.forget_title"),
      consequence: t("shelf.forget_text"),
      verb: t("shelf.forget"),
      act: async () => {
        await forgetOpened();
        announce(t("shelf.forgotten"));
        await cache.invalidateQueries({ queryKey: followKeys.shelves });
      },
    });
  const key = name === "changed" ? "changed" : name === "opened" ? "opened" : empty;
  return (
    <>
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={6} />}
      {data?.items.length === 0 && <EmptyState icon={name === "favourites" ? IconStar : name === "followed" ? IconBell : IconClock} title={t(`shelf.none.${key}`)} hint={t(`shelf.hint.${key}`)} />}
      {data && data.items.length > 0 && (
        <ul role="list" className={css.list} aria-label={t(`shelf.${empty}.title`)}>
          {data.items.map((item) => {
            const place = places?.items.find((one) => one.id === item.node.workspace_id);
            return place && <ShelfLine key={item.node.id} item={item} name={name} slug={place.slug} place={workspaceId === null ? place.name : null} marks={marks} />;
          })}
        </ul>
      )}
      {name === "opened" && data && data.items.length > 0 && (
        <div className={css.foot}>
          <p>{t("shelf.private")}</p>
          <Button variant="subtle" size="sm" onClick={forget}>
            {t("shelf.forget")}
          </Button>
        </div>
      )}
    </>
  );
}

interface LineProps {
  item: ShelfItem;
  name: ShelfName;
  slug: string;
  /** The workspace, where several are shown. */
  place: string | null;
  marks: MyMarks;
}

function ShelfLine({ item: { node, place: path, at }, name, slug, place, marks }: LineProps): React.JSX.Element {
  const { t } = useTranslation("documents");
  const folder = node.kind === "folder";
  const who = node.depositor === "" ? node.modified_by.name : t("share.external_by", { name: node.depositor });
  const bell = name === "followed";
  const on = bell ? marks.isFollowed(node.id) : marks.isFavourite(node.id);
  const params = { slug };
  return (
    <li className={css.row}>
      <FileIcon name={node.name} mediaType={node.media_type} folder={folder} locked={node.access === "restricted"} labelled />
      <span className={css.words}>
        {folder ? (
          <Link className={css.name} to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: node.id }}>
            {node.name}
          </Link>
        ) : node.parent_id === null || path === null ? (
          <Link className={css.name} to="/w/$slug/documents" params={params} search={{ doc: node.id }}>
            {node.name}
          </Link>
        ) : (
          <Link className={css.name} to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: node.parent_id }} search={{ doc: node.id }}>
            {node.name}
          </Link>
        )}
        <span className={css.meta}>{[place, path ?? t("top")].filter(Boolean).join(" · ")}</span>
        <span className={css.when}>
          {name === "opened" ? (
            <>
              {t("shelf.opened_at")} <DateTime at={at} />
            </>
          ) : (
            <>
              {t(folder ? "shelf.folder_by" : "shelf.changed_by", { name: who })} <DateTime at={node.modified_at} />
            </>
          )}
        </span>
      </span>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-pressed={on}
        aria-label={t(bell ? "marks.bell_of" : "marks.star_of", { name: node.name })}
        onClick={() => (bell ? marks.follow(node) : marks.star(node))}
      >
        {bell ? on ? <IconBellFilled size={18} /> : <IconBell size={18} stroke={1.75} /> : on ? <IconStarFilled size={18} /> : <IconStar size={18} stroke={1.75} />}
      </ActionIcon>
    </li>
  );
}
