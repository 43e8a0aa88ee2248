import { Button } from "@mantine/core";
import { IconClipboardCheck, IconDownload, IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { useNow } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import type { Node } from "../api";
import { type Answer, type Approval, dueWords, isLate, mineIn, nodeApprovalsQuery, noteOpened } from "../approvals";
import { viewOf } from "../lib/formats";
import { AnswerDialog } from "./AnswerDialog";
import css from "./Approvals.module.css";
import { isHeld } from "./ScanState";

interface Props {
  node: Node;
  /** Whether the present version is on the screen. */
  shown: boolean;
  onDownload: (number: number) => void;
}

/** Above the document: what waits for my answer, with the buttons to give it. */
export function ApprovalBanner({ node, shown, onDownload }: Props): React.JSX.Element | null {
  const me = useMe();
  const { data } = useQuery({ ...nodeApprovalsQuery(node.id), enabled: node.kind === "document" });
  const waiting = data?.items.filter((one) => one.state === "open" && mineIn(one, me.id)?.state === "pending") ?? [];
  if (waiting.length === 0) return null;
  const visible = shown && !isHeld(node) && viewOf(node) !== "none" && node.size > 0;
  return (
    <>
      {waiting.map((approval) => (
        <Waiting
          key={approval.id}
          approval={approval}
          current={node.content_version}
          shown={visible && approval.number === node.content_version}
          onDownload={() => onDownload(approval.number)}
        />
      ))}
    </>
  );
}

interface WaitingProps {
  approval: Approval;
  current: number;
  shown: boolean;
  onDownload: () => void;
}

function Waiting({ approval, current, shown, onDownload }: WaitingProps): React.JSX.Element {
  const { t } = useTranslation("documents");
  const me = useMe();
  const now = useNow();
  const [dialog, setDialog] = useState<Answer | null>(null);
  const [opened, setOpened] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { id, number, purpose, asked_by: asker } = approval;
  const reads = purpose === "read";
  const open = reads && shown;
  useEffect(() => {
    if (!open) return;
    noteOpened(id).then(() => setOpened(true), setFailure);
  }, [open, id]);
  const download = (): void => {
    onDownload();
    setFailure(null);
    noteOpened(id).then(() => setOpened(true), setFailure);
  };
  const mine = asker.id === me.id;
  const late = isLate(approval, now);
  const Glyph = reads ? IconEye : IconClipboardCheck;
  return (
    <section className={css.banner} aria-label={t("approval.waits")}>
      <Glyph size={20} stroke={1.75} aria-hidden="true" className={css.glyph} />
      <div className={css.said}>
        <p className={css.what}>{t(`approval.you.${purpose}${mine ? "_own" : ""}`, { who: asker.name, number })}</p>
        <p className={late ? css.late : css.meta}>{t(late ? "approval.late_since" : "approval.due", { day: dueWords(approval.due, now) })}</p>
        {approval.message !== "" && <p className={css.message}>{approval.message}</p>}
        {number !== current && <p className={css.meta}>{t("approval.older", { number, current })}</p>}
        {reads && !opened && <p className={css.meta}>{t("approval.open_first", { number })}</p>}
        <ProblemNote error={failure} />
      </div>
      <div className={css.acts}>
        {(number !== current || (reads && !opened)) && (
          <Button variant="default" size="sm" leftSection={<IconDownload size={18} stroke={1.75} />} onClick={download}>
            {t("approval.download", { number })}
          </Button>
        )}
        {reads ? (
          <Button size="sm" disabled={!opened} onClick={() => setDialog("read")}>
            {t("approval.confirm_reading")}
          </Button>
        ) : (
          <>
            <Button variant="default" size="sm" onClick={() => setDialog("refused")}>
              {t("approval.refuse")}
            </Button>
            <Button size="sm" onClick={() => setDialog("approved")}>
              {t("approval.approve")}
            </Button>
          </>
        )}
      </div>
      {dialog && <AnswerDialog approval={approval} what={dialog} onClose={() => setDialog(null)} />}
    </section>
  );
}
