import { Progress } from "@mantine/core";
import { IconDatabase } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schema } from "../../../shared/api/client";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { spaceQuery } from "../api";
import { BackToLibrary } from "../components/BackToLibrary";
import css from "./SpacePage.module.css";
import trash from "./TrashPage.module.css";

type Space = Schema<"SpaceOut">;

/** From here on the bar warns. */
const NEARLY = 0.9;

/** What takes the space of a library: for whoever manages it (documents-17). */
export default function SpacePage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const manager = workspace.mine.role === "manager";
  const { data, error, isLoading } = useQuery({ ...spaceQuery(workspace.id), enabled: manager });
  return (
    <Page narrow>
      <BackToLibrary />
      <PageHeader title={t("space.title")} tabTitle={`${t("space.title")}, ${workspace.name}`} meta={t("space.lead")} />
      {!manager && <EmptyState icon={IconDatabase} title={t("space.managers_only")} />}
      <ProblemNote error={error} />
      {isLoading && <RowsSkeleton rows={6} />}
      {data && (
        <>
          <Bar space={data} />
          <Parts space={data} />
          <Largest items={data.largest} />
        </>
      )}
    </Page>
  );
}

function Bar({ space }: { space: Space }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const free = Math.max(0, space.quota - space.used);
  const part = space.quota === 0 ? 1 : space.used / space.quota;
  return (
    <div className={css.whole}>
      <p className={css.figures}>
        <strong>{t("space.used", { used: byteSize(space.used), quota: byteSize(space.quota) })}</strong>
        <span>{t("space.free", { free: byteSize(free) })}</span>
      </p>
      <Progress size="lg" value={Math.min(100, part * 100)} color={part >= 1 ? "red" : part >= NEARLY ? "yellow" : "plano"} aria-label={t("space.bar")} />
      {part >= NEARLY && <p className={css.warning}>{t(free === 0 ? "space.full" : "space.nearly")}</p>}
    </div>
  );
}

/** What may be given back. */
function Parts({ space }: { space: Space }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  return (
    <dl className={css.parts}>
      <div>
        <dt>{t("space.older")}</dt>
        <dd>{byteSize(space.older_versions)}</dd>
        <dd className={css.hint}>{t("space.older_hint")}</dd>
      </div>
      <div>
        <dt>{t("space.bin")}</dt>
        <dd>{byteSize(space.bin)}</dd>
        <dd className={css.hint}>
          {t("space.bin_hint")}{" "}
          <Link to="/w/$slug/documents/corbeille" params={{ slug: workspace.slug }}>
            {t("space.bin_see")}
          </Link>
        </dd>
      </div>
      <div>
        <dt>{t("space.incoming")}</dt>
        <dd>{byteSize(space.incoming)}</dd>
        <dd className={css.hint}>{t("space.incoming_hint")}</dd>
      </div>
    </dl>
  );
}

function Largest({ items }: { items: Space["largest"] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <section aria-labelledby="space-largest">
      <h2 id="space-largest" className={css.title}>
        {t("space.largest")}
      </h2>
      <p className={css.hint}>{t(items.length === 0 ? "space.none" : "space.largest_hint")}</p>
      <ol role="list" className={trash.list}>
        {items.map((item) => (
          <Large key={item.node.id} item={item} />
        ))}
      </ol>
    </section>
  );
}

/** Leads to the document with its panel open: there are its versions, and the way to delete the old ones. */
function Large({ item: { node, versions, bytes } }: { item: Space["largest"][number] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { slug } = useWorkspace();
  const search = { doc: node.id };
  return (
    <li className={trash.row}>
      <FileIcon name={node.name} />
      <span className={trash.words}>
        {node.parent_id === null ? (
          <Link className={trash.name} to="/w/$slug/documents" params={{ slug }} search={search}>
            {node.name}
          </Link>
        ) : (
          <Link className={trash.name} to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: node.parent_id }} search={search}>
            {node.name}
          </Link>
        )}
        <span className={trash.meta}>{t("space.versions", { count: versions, size: byteSize(node.size) })}</span>
      </span>
      <span className={css.size}>{byteSize(bytes)}</span>
    </li>
  );
}
