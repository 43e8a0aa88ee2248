import { Button, Checkbox, NumberInput, Radio } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { changeRules, type Rules, rulesQuery } from "../api";
import { foldRules } from "../lib/laterFolds";
import css from "./LaterPage.module.css";

type Draft = Pick<Rules, "edits" | "edit_minutes" | "revisions" | "traces" | "pins" | "exports" | "webhooks" | "urgent">;

/** What the managers of a workspace decide about its conversations; the others read it. */
export default function RulesPage(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const workspace = useWorkspace();
  const { data, error } = useQuery(rulesQuery(workspace.id));
  return (
    <Page narrow>
      <Link className={css.back} to="/w/$slug/parametres" params={{ slug: workspace.slug }}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {t("rules.back")}
      </Link>
      <PageHeader title={t("rules.title")} meta={t("rules.lead")} />
      <ProblemNote error={error} />
      {data ? <Fields key={data.version} rules={data} mayEdit={workspace.mine.abilities.edit} /> : !error && <RowsSkeleton rows={4} />}
    </Page>
  );
}

function Fields({ rules, mayEdit }: { rules: Rules; mayEdit: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>(rules);
  const submission = useSubmission<Rules>();
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const changes = Object.fromEntries(FIELDS.filter((name) => draft[name] !== rules[name]).map((name) => [name, draft[name]]));
  const changed = Object.keys(changes).length > 0;
  const save = async (): Promise<void> => {
    if (!changed) return;
    const saved = await submission.run(() => changeRules(rules.workspace_id, changes));
    if (!saved) return;
    foldRules(cache, saved);
    toast(t("rules.saved"));
  };
  const box = (name: "revisions" | "traces" | "exports" | "webhooks" | "urgent"): React.JSX.Element => (
    <Checkbox disabled={!mayEdit} label={t(`rules.${name}`)} description={t(`rules.${name}_help`)} checked={draft[name]} onChange={(event) => set({ [name]: event.currentTarget.checked })} />
  );
  return (
    <Form onSubmit={save}>
      {!mayEdit && <p className={css.lead}>{t("rules.read_only")}</p>}
      <Radio.Group label={t("rules.edits")} value={draft.edits} onChange={(edits) => set({ edits: edits as Draft["edits"] })}>
        <div className={css.choices}>
          {(["always", "minutes", "never"] as const).map((each) => (
            <Radio key={each} value={each} label={t(`rules.${each}`)} disabled={!mayEdit} />
          ))}
        </div>
      </Radio.Group>
      {draft.edits === "minutes" && (
        <NumberInput
          label={t("rules.edit_minutes")}
          min={1}
          max={43_200}
          allowDecimal={false}
          disabled={!mayEdit}
          value={draft.edit_minutes}
          onChange={(value) => set({ edit_minutes: Number(value) || 1 })}
          error={fieldError(submission.error, "edit_minutes", t)}
        />
      )}
      {box("revisions")}
      {box("traces")}
      <Radio.Group label={t("rules.pins")} value={draft.pins} onChange={(pins) => set({ pins: pins as Draft["pins"] })}>
        <div className={css.choices}>
          {(["members", "managers"] as const).map((each) => (
            <Radio key={each} value={each} label={t(`rules.${each}`)} disabled={!mayEdit} />
          ))}
        </div>
      </Radio.Group>
      {box("urgent")}
      <fieldset className={css.leaving}>
        <legend>{t("rules.leaving")}</legend>
        {box("exports")}
        {box("webhooks")}
      </fieldset>
      <ProblemNote error={submission.error} />
      {mayEdit && (
        <FormActions>
          <Button type="submit" loading={submission.busy} disabled={!changed}>
            {t("common:save")}
          </Button>
        </FormActions>
      )}
      <p className={css.lead}>{t("rules.audit")}</p>
    </Form>
  );
}

const FIELDS = ["edits", "edit_minutes", "revisions", "traces", "pins", "exports", "webhooks", "urgent"] as const;
