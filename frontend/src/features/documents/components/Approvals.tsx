import { Button } from "@mantine/core";
import { IconClipboardPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import type { Node } from "../api";
import { type Approval, nodeApprovalsQuery } from "../approvals";
import { ApprovalDialog } from "./ApprovalDialog";
import { ApprovalItem } from "./ApprovalItem";
import css from "./Approvals.module.css";

const FEW = 3;

/** In the details of a document: everything that was asked about its versions, and the way to ask. */
export function Approvals({ node, wanted }: { node: Node; wanted: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const me = useMe();
  const { data, error, isPending } = useQuery(nodeApprovalsQuery(node.id));
  const [asking, setAsking] = useState<{ again?: Approval } | null>(null);
  const [all, setAll] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere && wanted) place.current?.scrollIntoView({ block: "start" });
  }, [isThere, wanted]);
  const items = data?.items ?? [];
  return (
    <div ref={place}>
      <Section
        title={t("approval.title")}
        action={
          data?.may_ask ? (
            <Button variant="subtle" size="sm" leftSection={<IconClipboardPlus size={18} stroke={1.75} />} onClick={() => setAsking({})}>
              {t("approval.ask")}
            </Button>
          ) : undefined
        }
      >
        {isPending && <RowsSkeleton rows={1} />}
        <ProblemNote error={error} />
        {data && items.length === 0 && <p className={css.none}>{t(data.may_ask ? "approval.none_ask" : "approval.none")}</p>}
        <ul role="list" className={css.list}>
          {data &&
            (all ? items : items.slice(0, FEW)).map((approval) => (
              <ApprovalItem
                key={approval.id}
                approval={approval}
                abilities={approval.asked_by.id === me.id ? data.abilities.own : data.abilities.others}
                current={node.content_version}
                followed={items.some((one) => one.purpose === approval.purpose && one.number === node.content_version && one.state !== "cancelled")}
                onAgain={data.may_ask ? (again) => setAsking({ again }) : undefined}
              />
            ))}
        </ul>
        {items.length > FEW && (
          <Button variant="subtle" size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? t("approval.fewer") : t("approval.all", { count: items.length })}
          </Button>
        )}
      </Section>
      {asking && <ApprovalDialog node={node} again={asking.again} onClose={() => setAsking(null)} />}
    </div>
  );
}
