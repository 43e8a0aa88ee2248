import { IconChevronRight, IconClipboardCheck, IconDatabase, IconFileZip, IconShare2, IconStar, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { useWorkspace } from "../../../shared/session/session";
import { toast } from "../../../shared/ui/toast";
import type { Listing, Step } from "../api";
import { downloadFolder, downloadSelection } from "../archives";
import type { FolderView } from "../hooks/useFolder";
import css from "./PlaceBar.module.css";
import { ViewMenu } from "./ViewMenu";

/** Where I am, and what concerns the whole place. */
export function PlaceBar({ top, folderId, view, full }: { top: Listing | undefined; folderId: string | null; view: FolderView; full: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const downloadAll = (): void => {
    if (folderId !== null) downloadFolder(folderId);
    else downloadSelection(workspace.id, (top?.items ?? []).map((node) => node.id)).catch((error: unknown) => toast(sentenceFor(error, t)));
  };
  return (
    <div className={css.place}>
      <Path slug={workspace.slug} steps={top?.path ?? []} />
      {full && <ViewMenu view={view} />}
      {full && (
        <button type="button" className={css.link} onClick={downloadAll}>
          <IconFileZip size={18} stroke={1.75} aria-hidden="true" />
          {t("zip_all")}
        </button>
      )}
      {workspace.mine.role === "manager" && (
        <Link className={css.link} to="/w/$slug/documents/partages" params={{ slug: workspace.slug }}>
          <IconShare2 size={18} stroke={1.75} aria-hidden="true" />
          {t("share.page")}
        </Link>
      )}
      {workspace.mine.role === "manager" && (
        <Link className={css.link} to="/w/$slug/documents/place" params={{ slug: workspace.slug }}>
          <IconDatabase size={18} stroke={1.75} aria-hidden="true" />
          {t("space.title")}
        </Link>
      )}
      <Link className={css.link} to="/w/$slug/documents/validations" params={{ slug: workspace.slug }}>
        <IconClipboardCheck size={18} stroke={1.75} aria-hidden="true" />
        {t("approval.page")}
      </Link>
      <Link className={css.link} to="/w/$slug/documents/favoris" params={{ slug: workspace.slug }}>
        <IconStar size={18} stroke={1.75} aria-hidden="true" />
        {t("shelf.link")}
      </Link>
      <Link className={css.link} to="/w/$slug/documents/corbeille" params={{ slug: workspace.slug }}>
        <IconTrash size={18} stroke={1.75} aria-hidden="true" />
        {t("trash.title")}
      </Link>
    </div>
  );
}

/** Where I am; the last step is not a link. */
function Path({ slug, steps }: { slug: string; steps: readonly Step[] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <nav aria-label={t("path")} className={css.path}>
      <ol role="list">
        <li>
          {steps.length === 0 ? (
            <span aria-current="page">{t("top")}</span>
          ) : (
            <Link to="/w/$slug/documents" params={{ slug }}>
              {t("top")}
            </Link>
          )}
        </li>
        {steps.map((step, index) => (
          <li key={step.id}>
            <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
            {index === steps.length - 1 ? (
              <span aria-current="page">{step.name}</span>
            ) : (
              <Link to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: step.id }}>
                {step.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
