import { IconEyeOff, IconTrash } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { contentUrl, type Node } from "../api";
import { type Facts, factsQuery } from "../facts";
import { previewUrl } from "../previews";
import { patient } from "../../../shared/live/patient";
import css from "./CarriedFiles.module.css";

const PreviewDialog = lazy(patient(async () => ({ default: (await import("./PreviewDialog")).PreviewDialog })));

/** The documents that a message carries. Each keeps its place: what it is comes with the reader's own right. */
export default function CarriedFiles({ ids, tabIndex = 0 }: { ids: readonly string[]; tabIndex?: number }): React.JSX.Element {
  const { t } = useTranslation("files");
  const found = useQueries({ queries: ids.map((id) => factsQuery(id)) });
  const [open, setOpen] = useState<Node | null>(null);
  return (
    <>
      <ul role="list" className={css.files} aria-label={t("carried", { count: ids.length })}>
        {ids.map((id, at) => (
          <li key={id} className={css.item}>
            <One facts={found[at]?.data} failed={found[at]?.isError ?? false} open={setOpen} tabIndex={tabIndex} />
          </li>
        ))}
      </ul>
      {open && (
        <Suspense>
          <PreviewDialog node={open} onDownload={() => window.location.assign(contentUrl(open))} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

function One({ facts, failed, open, tabIndex }: { facts: Facts | undefined; failed: boolean; open: (node: Node) => void; tabIndex: number }): React.JSX.Element {
  const { t } = useTranslation("files");
  if (!facts) return <span className={cx(css.card, css.none)}>{failed ? t("not_reached") : t("loading")}</span>;
  if (facts.state === "here") return <Here node={facts.node} open={open} tabIndex={tabIndex} />;
  const Glyph = facts.state === "binned" ? IconTrash : IconEyeOff;
  return (
    <span className={cx(css.card, css.none)}>
      <Glyph size={20} stroke={1.75} aria-hidden="true" />
      {facts.state === "binned" ? t("binned") : t("hidden")}
    </span>
  );
}

/** All of one size, whatever they are; each opens here, and leads to the library. */
function Here({ node, open, tabIndex }: { node: Node; open: (node: Node) => void; tabIndex: number }): React.JSX.Element {
  const { t } = useTranslation("files");
  const { slug } = useWorkspace();
  const held = node.state === "checking" || node.state === "infected";
  const shown = previewUrl(node, "thumbnail");
  const [broken, setBroken] = useState("");
  const state = node.state === "checking" || node.state === "infected" ? t(`scan.${node.state}`) : byteSize(node.size);
  return (
    <div className={css.card}>
      <button type="button" className={css.open} tabIndex={tabIndex} onClick={() => open(node)} title={node.name}>
        <span className={css.frame}>
          {node.thumbnail && !held && broken !== shown ? (
            <img className={css.picture} src={shown} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(shown)} />
          ) : (
            <FileIcon name={node.name} mediaType={node.media_type} size={24} labelled />
          )}
        </span>
        <span className={css.words}>
          <span className={css.name}>{node.name}</span>
          <span className={cx(css.meta, node.state === "infected" && css.bad)}>{state}</span>
        </span>
      </button>
      <Link
        className={css.link}
        tabIndex={tabIndex}
        {...(node.parent_id === null
          ? { to: "/w/$slug/documents", params: { slug } }
          : { to: "/w/$slug/documents/dossier/$nodeId", params: { slug, nodeId: node.parent_id } })}
        search={{ doc: node.id }}
      >
        {t("in_library")}
      </Link>
    </div>
  );
}
