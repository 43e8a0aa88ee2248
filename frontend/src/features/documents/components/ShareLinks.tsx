import { Button } from "@mantine/core";
import { IconShare2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import type { Node } from "../api";
import { nodeSharesQuery, sharingQuery } from "../shares";
import css from "./Share.module.css";
import { ShareDialog } from "./ShareDialog";
import { ShareList } from "./ShareList";

/** Under « Qui y a accès ? »: who else comes in, by a link. Nothing to say, nothing shown. */
export function ShareLinks({ node, mayShare }: { node: Node; mayShare: boolean }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const { data: sharing } = useQuery(sharingQuery(node.workspace_id));
  const { data, error } = useQuery(nodeSharesQuery(node.id));
  const [making, setMaking] = useState(false);
  const [past, setPast] = useState(false);
  const living = data?.items.filter((share) => share.state !== "stopped") ?? [];
  const dead = data?.items.filter((share) => share.state === "stopped") ?? [];
  const may = mayShare && sharing?.links === true;
  if (!may && living.length === 0 && dead.length === 0 && !error) return null;
  return (
    <Section
      title={t("share.section")}
      action={
        may && (
          <Button variant="subtle" size="sm" leftSection={<IconShare2 size={18} stroke={1.75} />} onClick={() => setMaking(true)}>
            {t("share.new")}
          </Button>
        )
      }
    >
      <ProblemNote error={error} />
      {data && living.length === 0 && <p className={css.none}>{t("share.none")}</p>}
      {living.length > 0 && <ShareList shares={living} label={t("share.section")} />}
      {dead.length > 0 && (
        <Button variant="subtle" size="sm" onClick={() => setPast(!past)} aria-expanded={past}>
          {past ? t("share.hide_past") : t("share.past", { count: dead.length })}
        </Button>
      )}
      {past && <ShareList shares={dead} label={t("share.past", { count: dead.length })} />}
      {making && <ShareDialog node={node} onClose={() => setMaking(false)} />}
    </Section>
  );
}
