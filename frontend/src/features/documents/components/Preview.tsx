import { Button } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { contentUrl, type Node, TEXT_LIMIT, textQuery } from "../api";
import { render } from "../lib/markdown";
import css from "./Preview.module.css";

const PdfPreview = lazy(() => import("./PdfPreview"));
const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const TEXTS = ["text/plain", "text/csv"];

/** What a document looks like: only what can be shown without running anything of it. */
export function Preview({ node, onDownload }: { node: Node; onDownload: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  if (node.size === 0) return <p className={css.none}>{t("preview.empty")}</p>;
  if (IMAGES.includes(node.media_type)) return <Picture key={node.sha256} node={node} />;
  if (node.media_type === "application/pdf") {
    return (
      <Suspense fallback={<RowsSkeleton rows={5} />}>
        <PdfPreview key={node.sha256} node={node} />
      </Suspense>
    );
  }
  if (node.media_type === "text/markdown" || TEXTS.includes(node.media_type)) return <Text node={node} />;
  return (
    <div className={css.none}>
      <IconFileUnknown size={28} stroke={1.5} aria-hidden="true" />
      <p>{t("preview.none")}</p>
      <Button variant="default" onClick={onDownload}>
        {t("action.download")}
      </Button>
    </div>
  );
}

function Picture({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [broken, setBroken] = useState(false);
  if (broken) return <ErrorNote>{t("preview.damaged")}</ErrorNote>;
  return (
    <img
      className={css.picture}
      src={contentUrl(node, { inline: true })}
      alt={t("preview.of", { name: node.name })}
      onError={() => setBroken(true)}
    />
  );
}

function Text({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(textQuery(node));
  const html = useMemo(() => (data !== undefined && node.media_type === "text/markdown" ? render(data) : null), [data, node.media_type]);
  if (isPending) return <RowsSkeleton rows={5} />;
  if (error) return <ErrorNote>{t("preview.failed")}</ErrorNote>;
  return (
    <>
      {html === null ? (
        // a long text scrolls inside itself: the keyboard must reach it
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={css.text} tabIndex={0} aria-label={t("preview.of", { name: node.name })}>
          {data}
        </pre>
      ) : (
        <div className={css.prose} dangerouslySetInnerHTML={{ __html: html }} />
      )}
      {node.size > TEXT_LIMIT && <p className={css.note}>{t("preview.cut")}</p>}
    </>
  );
}
