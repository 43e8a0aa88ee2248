import { Button } from "@mantine/core";
import { type Icon, IconShieldCheck, IconShieldOff, IconShieldSearch, IconShieldX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote, ProblemNote } from "../../../shared/ui/ErrorNote";
import { StateTag } from "../../../shared/ui/Tags";
import { checkAgain, libraryQuery, type Node, versionsQuery } from "../api";
import css from "./ScanState.module.css";

type State = Node["state"];
const ICONS: Record<State, Icon> = {
  empty: IconShieldOff, unscanned: IconShieldOff, checking: IconShieldSearch, clean: IconShieldCheck, infected: IconShieldX,
};

/** Whether the antivirus keeps the present content back. */
export const isHeld = ({ state }: Pick<Node, "state">): boolean => state === "checking" || state === "infected";

/** In a list: only what concerns whoever looks, in words (documents-15). */
export function ScanTag({ state }: { state: State }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  if (!isHeld({ state })) return null;
  const Glyph = ICONS[state];
  return (
    <StateTag tone={state === "infected" ? "danger" : "info"}>
      <span className={css.tag}>
        <Glyph size={14} stroke={1.75} aria-hidden="true" />
        {t(`scan.${state}`)}
      </span>
    </StateTag>
  );
}

/** In the place of the preview. */
export function ScanNote({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const verdict = useVerdict(node);
  if (node.state === "infected") return <ErrorNote>{t("scan.infected_text", { name: verdict })}</ErrorNote>;
  return (
    <p className={css.note} role="status">
      <IconShieldSearch size={20} stroke={1.75} aria-hidden="true" />
      {t("scan.checking_text")}
    </p>
  );
}

/** Among the details: what the antivirus said, and for a manager the way to ask it again. */
export function ScanLine({ node, mayCheck }: { node: Node; mayCheck: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const verdict = useVerdict(node);
  const { data: library } = useQuery(libraryQuery(node.workspace_id));
  const [failure, setFailure] = useState<unknown>(null);
  const Glyph = ICONS[node.state];
  const antivirus = library?.antivirus ?? false;
  const words =
    node.state === "unscanned" && verdict === "too_large"
      ? t("scan.too_large")
      : node.state === "unscanned" && (antivirus || verdict !== "")
        ? t("scan.not_looked")
        : node.state === "unscanned"
          ? t("panel.unscanned")
          : node.state === "infected"
            ? t("scan.infected_text", { name: verdict })
            : t(`scan.${node.state}`);
  return (
    <span className={css.line} data-state={node.state}>
      <Glyph size={18} stroke={1.75} aria-hidden="true" />
      <span>{words}</span>
      {mayCheck && antivirus && node.state !== "checking" && node.state !== "empty" && (
        <Button variant="subtle" size="compact-sm" onClick={() => void checkAgain(node.id).catch(setFailure)}>
          {t("scan.again")}
        </Button>
      )}
      <ProblemNote error={failure} />
    </span>
  );
}

function useVerdict(node: Node): string {
  const { data } = useQuery(versionsQuery(node));
  return data?.items.find((version) => version.number === node.content_version)?.verdict ?? "";
}
