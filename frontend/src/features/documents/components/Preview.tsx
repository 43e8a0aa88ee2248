import { Button } from "@mantine/core";
import { IconMaximize } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { contentUrl, type Node, TEXT_LIMIT } from "../api";
import { COLOURED_LIMIT, grammarOf } from "../lib/code";
import { viewOf } from "../lib/formats";
import { render } from "../lib/markdown";
import { previewUrl, textQuery } from "../previews";
import { Derived } from "./Derived";
import { Nothing } from "./Nothing";
import css from "./Preview.module.css";
import { PreviewDialog } from "./PreviewDialog";
import { patient } from "../../../shared/live/patient";
import { isHeld, ScanNote } from "./ScanState";

const Coloured = lazy(patient(() => import("./Coloured")));
const PdfPreview = lazy(patient(() => import("./PdfPreview")));
const TablePreview = lazy(patient(() => import("./TablePreview")));

interface Props {
  node: Node;
  onDownload: () => void;
  /** In the window of its own: no way to enlarge it again. */
  large?: boolean;
}

/** What a document looks like: only what can be shown without running anything of it. */
export function Preview({ node, onDownload, large = false }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [enlarged, setEnlarged] = useState(false);
  const view = viewOf(node);
  if (isHeld(node)) return <ScanNote node={node} />;
  if (node.size === 0) return <p className={css.none}>{t("preview.empty")}</p>;
  if (view === "none") return <Nothing onDownload={onDownload}>{t("preview.none")}</Nothing>;
  return (
    <>
      {!large && view !== "sound" && (
        <Button variant="subtle" size="sm" className={css.enlarge} leftSection={<IconMaximize size={18} stroke={1.75} />} onClick={() => setEnlarged(true)}>
          {t("preview.enlarge")}
        </Button>
      )}
      <Shown key={`${node.sha256}${node.state}`} node={node} onDownload={onDownload} />
      {enlarged && <PreviewDialog node={node} onDownload={onDownload} onClose={() => setEnlarged(false)} />}
    </>
  );
}

function Shown({ node, onDownload }: { node: Node; onDownload: () => void }): React.JSX.Element {
  switch (viewOf(node)) {
    case "picture":
      return (
        <Derived node={node} kind="image" onDownload={onDownload}>
          {(url) => <Picture node={node} url={url} />}
        </Derived>
      );
    case "pdf":
      return <Pages url={contentUrl(node, { inline: true })} />;
    case "office":
      return (
        <Derived node={node} kind="pdf" onDownload={onDownload}>
          {(url) => <Pages url={url} />}
        </Derived>
      );
    case "film":
    case "sound":
      return <Player node={node} />;
    case "table":
      return (
        <Suspense fallback={<RowsSkeleton rows={5} />}>
          <TablePreview node={node} />
        </Suspense>
      );
    case "markdown":
    case "text":
    case "none":
      return <Text node={node} />;
  }
}

function Pages({ url }: { url: string }): React.JSX.Element {
  return (
    <Suspense fallback={<RowsSkeleton rows={5} />}>
      <PdfPreview url={url} />
    </Suspense>
  );
}

function Picture({ node, url }: { node: Node; url: string }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [broken, setBroken] = useState(false);
  if (broken) return <ErrorNote>{t("preview.failed")}</ErrorNote>;
  return <img className={css.picture} src={url} alt={t("preview.of", { name: node.name })} onError={() => setBroken(true)} />;
}

/** The browser's own player; it asks for the parts that it needs. */
function Player({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [broken, setBroken] = useState(false);
  if (broken) return <ErrorNote>{t("preview.unplayable")}</ErrorNote>;
  const common = { src: contentUrl(node, { inline: true }), controls: true, preload: "metadata", "aria-label": node.name, onError: () => setBroken(true) } as const;
  // people's own recordings have no captions that we could add
  // eslint-disable-next-line jsx-a11y/media-has-caption
  if (viewOf(node) === "sound") return <audio className={css.sound} {...common} />;
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption
    <video className={css.film} {...common} {...(node.thumbnail && { poster: previewUrl(node, "image") })} playsInline />
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
          <Source name={node.name} text={data} />
        </pre>
      ) : (
        <div className={css.prose} dangerouslySetInnerHTML={{ __html: html }} />
      )}
      {node.size > TEXT_LIMIT && <p className={css.note}>{t("preview.cut")}</p>}
    </>
  );
}

/** Code has colours; a text without a grammar, or a long one, has none. */
function Source({ name, text }: { name: string; text: string }): React.JSX.Element {
  const grammar = grammarOf(name);
  if (grammar === null || text.length > COLOURED_LIMIT) return <>{text}</>;
  return (
    <Suspense fallback={text}>
      <Coloured text={text} grammar={grammar} />
    </Suspense>
  );
}
