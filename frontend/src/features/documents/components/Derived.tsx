import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ErrorNote, ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import type { Node } from "../api";
import { type PreviewKind, previewQuery, previewUrl } from "../previews";
import { Nothing } from "./Nothing";
import css from "./Preview.module.css";

interface Props {
  node: Node;
  kind: PreviewKind;
  onDownload: () => void;
  children: (url: string) => React.ReactNode;
}

/** What the server makes of a file to show it: ready, on its way, or why not, in a plain sentence. */
export function Derived({ node, kind, onDownload, children }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(previewQuery(node, kind));
  if (error) return <ProblemNote error={error} />;
  if (isPending) return <RowsSkeleton rows={5} />;
  if (data.state === "ready") return <>{children(previewUrl(node, kind))}</>;
  if (data.state === "preparing") {
    return (
      <>
        <p role="status" className={css.note}>
          {t("preview.preparing")}
        </p>
        <RowsSkeleton rows={5} />
      </>
    );
  }
  if (data.reason === "unavailable") return <Nothing onDownload={onDownload}>{t("preview.unavailable")}</Nothing>;
  return <ErrorNote>{t(`preview.${data.reason ?? "damaged"}`)}</ErrorNote>;
}
