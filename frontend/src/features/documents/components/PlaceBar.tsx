import { Menu } from "@mantine/core";
import { type Icon, IconChevronRight, IconClipboardCheck, IconDatabase, IconDots, IconFileZip, IconShare2, IconStar, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
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
  const manages = workspace.mine.role === "manager";
  const pages: readonly { key: string; to: string; label: string; icon: Icon; shown: boolean }[] = [
    { key: "shares", to: "/w/$slug/documents/partages", label: t("share.page"), icon: IconShare2, shown: manages },
    { key: "space", to: "/w/$slug/documents/place", label: t("space.title"), icon: IconDatabase, shown: manages },
    { key: "approvals", to: "/w/$slug/documents/validations", label: t("approval.page"), icon: IconClipboardCheck, shown: true },
    { key: "shelf", to: "/w/$slug/documents/favoris", label: t("shelf.link"), icon: IconStar, shown: true },
    { key: "bin", to: "/w/$slug/documents/corbeille", label: t("trash.title"), icon: IconTrash, shown: true },
  ];
  const here = pages.filter((page) => page.shown);
  return (
    <div className={css.place}>
      <Path slug={workspace.slug} steps={top?.path ?? []} />
      {full && <ViewMenu view={view} />}
      {full && (
        <button type="button" className={cx(css.link, css.roomy)} onClick={downloadAll}>
          <IconFileZip size={18} stroke={1.75} aria-hidden="true" />
          {t("zip_all")}
        </button>
      )}
      {here.map(({ key, to, label, icon: Glyph }) => (
        <Link key={key} className={cx(css.link, css.roomy)} to={to} params={{ slug: workspace.slug } as never}>
          <Glyph size={18} stroke={1.75} aria-hidden="true" />
          {label}
        </Link>
      ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className={cx(css.link, css.tight)}>
            <IconDots size={18} stroke={1.75} aria-hidden="true" />
            {t("more_pages")}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {full && (
            <Menu.Item leftSection={<IconFileZip size={18} stroke={1.75} />} onClick={downloadAll}>
              {t("zip_all")}
            </Menu.Item>
          )}
          {here.map(({ key, to, label, icon: Glyph }) => (
            <Menu.Item key={key} component={Link} leftSection={<Glyph size={18} stroke={1.75} />} to={to} params={{ slug: workspace.slug } as never}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
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
