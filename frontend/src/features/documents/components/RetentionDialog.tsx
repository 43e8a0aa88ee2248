import { Button, Modal, NumberInput, Radio } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { toast } from "../../../shared/ui/toast";
import type { Node } from "../api";
import { dropRetention, retentionKeys, type Rule, type RuleIn, setRetention, triedQuery } from "../retention";
import { FolderPicker } from "./FolderPicker";
import css from "./Retention.module.css";

const DAYS = 730;
const FEWEST = 30;
const MOST = 36_500;
const SHOWN = 8;

interface Props {
  node: Node;
  /** The folder's own rule, when it has one. */
  rule: Rule | null;
  onClose: () => void;
}

/** After how long, and where to; what it would do today is shown before it is set. */
export function RetentionDialog({ node, rule, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [days, setDays] = useState<number | string>(rule?.days ?? DAYS);
  const [act, setAct] = useState<RuleIn["act"]>(rule?.act ?? "bin");
  const [place, setPlace] = useState<string | null>(rule?.archive_id ?? node.parent_id);
  const submission = useSubmission();
  const valid = typeof days === "number" && days >= FEWEST && days <= MOST && (act === "bin" || place !== null);
  const wanted: RuleIn = { days: typeof days === "number" ? days : DAYS, act, archive_id: act === "archive" ? place : null };
  const done = (words: string): void => {
    void cache.invalidateQueries({ queryKey: retentionKeys.all });
    toast(words);
    onClose();
  };
  const save = async (): Promise<void> => {
    if (valid && (await submission.run(() => setRetention(node.id, wanted, rule)))) done(t("retention.done"));
  };
  const drop = async (): Promise<void> => {
    let gone = false;
    await submission.run(async () => {
      await dropRetention(node.id);
      gone = true;
    });
    if (gone) done(t("retention.dropped"));
  };
  return (
    <Modal opened onClose={onClose} title={t("retention.dialog", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <Form onSubmit={save}>
        <NumberInput
          data-autofocus
          label={t("retention.days")}
          description={t("retention.days_hint")}
          value={days}
          min={FEWEST}
          max={MOST}
          allowDecimal={false}
          onChange={setDays}
        />
        <Radio.Group value={act} onChange={(value) => setAct(value as RuleIn["act"])} label={t("retention.act")}>
          <div className={dialogs.stack}>
            <Radio value="bin" label={t("retention.bin")} description={t("retention.bin_hint")} />
            <Radio value="archive" label={t("retention.archive")} description={t("retention.archive_hint")} />
          </div>
        </Radio.Group>
        {act === "archive" && <FolderPicker workspaceId={node.workspace_id} place={place} onPlace={setPlace} exceptId={node.id} />}
        {act === "archive" && place === null && <p className={dialogs.text}>{t("retention.open_archive")}</p>}
        {valid && <Tried node={node} rule={wanted} />}
        <ProblemNote error={submission.error} />
        <div className={dialogs.buttons}>
          {rule !== null && (
            <Button variant="subtle" onClick={() => void drop()} disabled={submission.busy}>
              {t("retention.drop")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={!valid}>
            {t("retention.do")}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

/** What the rule would do today. */
function Tried({ node, rule }: { node: Node; rule: RuleIn }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [asked] = useDebouncedValue(rule, 300);
  const { data, error, isPending } = useQuery({ ...triedQuery(node.id, asked), placeholderData: keepPreviousData });
  if (isPending) return <RowsSkeleton rows={2} />;
  if (!data) return <ProblemNote error={error} />;
  return (
    <div className={css.tried} role="status">
      <p className={css.sum}>{data.count === 0 ? t("retention.tried_none") : t("retention.tried", { count: data.count, size: byteSize(data.bytes) })}</p>
      <ul role="list" className={css.list}>
        {data.items.slice(0, SHOWN).map((one) => (
          <li key={one.id} className={css.line}>
            <span className={css.name}>{[...one.path.map((step) => step.name), one.name].join(" / ")}</span>
            <DateTime at={one.modified_at} className={css.when} />
          </li>
        ))}
      </ul>
      {data.count > SHOWN && <p className={css.when}>{t("retention.tried_more", { count: data.count - SHOWN })}</p>}
      <p className={css.when}>{t("retention.notice")}</p>
    </div>
  );
}
