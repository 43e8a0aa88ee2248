import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { compareQuery, type Node } from "../api";
import css from "./CompareDialog.module.css";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

/** An older text beside the present one: what came, what went, and what surrounds it. */
export function CompareDialog({ node, before, onClose }: { node: Node; before: number; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(compareQuery(node, before, node.content_version));
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t("versions.compare_title", { before, after: node.content_version })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {isPending && <RowsSkeleton rows={6} />}
      <ProblemNote error={error} />
      {data && (
        <>
          <p className={css.sum}>
            {data.hunks.length === 0
              ? t("versions.same")
              : `${t("versions.added", { count: data.added })}, ${t("versions.removed", { count: data.removed })}`}
          </p>
          {data.hunks.map((lines, index) => (
            <div key={index} className={css.hunk} role="region" aria-label={t("versions.hunk", { number: index + 1 })}>
              {lines.map((line, at) => (
                <div key={at} className={css.line} data-op={line.op}>
                  <span className={css.number}>{line.before ?? line.after}</span>
                  <span className={css.sign} aria-hidden="true">
                    {SIGNS[line.op]}
                  </span>
                  {line.op === "added" ? <ins>{line.text}</ins> : line.op === "removed" ? <del>{line.text}</del> : <span>{line.text}</span>}
                </div>
              ))}
            </div>
          ))}
          {data.cut && <p className={css.sum}>{t("versions.cut")}</p>}
        </>
      )}
    </Modal>
  );
}
