import { IconClipboardCheck, IconClipboardX, IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNow } from "../../../shared/ui/DateTime";
import { StateTag } from "../../../shared/ui/Tags";
import type { Node } from "../api";
import { isLate, type Mark, marksQuery } from "../approvals";
import css from "./Approvals.module.css";

/** In a list: where the request about this document stands. One question for each folder, not for each row. */
export function ApprovalTag({ node }: { node: Node }): React.JSX.Element | null {
  const { data } = useQuery({
    ...marksQuery(node.workspace_id, node.parent_id),
    enabled: node.kind === "document",
    select: (marks) => marks.items[node.id] ?? null,
  });
  return data ? <MarkTag mark={data} /> : null;
}

const TONES = { open: "info", approved: "ok", complete: "ok", refused: "danger", cancelled: "neutral" } as const;

/** « En validation 2/5 », « Approuvé v3 » */
export function MarkTag({ mark }: { mark: Mark }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const late = isLate(mark, useNow());
  const Glyph = mark.state === "refused" ? IconClipboardX : mark.purpose === "read" ? IconEye : IconClipboardCheck;
  const words = t(`approval.mark.${mark.state === "open" ? `open_${mark.purpose}` : mark.state}`, { done: mark.done, total: mark.total, number: mark.number });
  return (
    <StateTag tone={late ? "danger" : TONES[mark.state]}>
      <span className={css.tag}>
        <Glyph size={14} stroke={1.75} aria-hidden="true" />
        {late ? t("approval.mark.late", { words }) : words}
      </span>
    </StateTag>
  );
}
