import { Button } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import type { Node } from "../api";
import { retentionQuery, type Rule } from "../retention";
import css from "./NodePanel.module.css";
import { RetentionDialog } from "./RetentionDialog";

/** In the details of a folder: what becomes of documents that nobody changes, and from which folder the rule comes. */
export function Retention({ node }: { node: Node }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const { data, error } = useQuery(retentionQuery(node.id));
  const [open, setOpen] = useState(false);
  if (!data) return error ? <ProblemNote error={error} /> : null;
  if (data.rule === null && !data.may_set) return null;
  return (
    <Section
      title={t("retention.title")}
      action={
        data.may_set ? (
          <Button variant="subtle" size="sm" leftSection={<IconArchive size={18} stroke={1.75} />} onClick={() => setOpen(true)}>
            {t(data.own ? "retention.change" : "retention.set")}
          </Button>
        ) : undefined
      }
    >
      {data.rule === null ? <p className={css.none}>{t("retention.none")}</p> : <Said rule={data.rule} own={data.own} />}
      {open && <RetentionDialog node={node} rule={data.own ? data.rule : null} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function Said({ rule, own }: { rule: Rule; own: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <>
      <p className={css.meta}>{t(`retention.says.${rule.act}`, { count: rule.days, folder: rule.archive_name ?? t("retention.a_folder") })}</p>
      <p className={css.meta}>
        {t("retention.set_by", { who: rule.set_by.name })}
        {!own && rule.folder_name !== "" && ` ${t("retention.from", { folder: rule.folder_name })}`}
      </p>
      {rule.sleeps && <p className={css.comment}>{t("retention.sleeps")}</p>}
    </>
  );
}
