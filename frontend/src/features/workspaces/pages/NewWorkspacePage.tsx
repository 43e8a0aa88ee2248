import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { keys, openWorkspace, ROOMS, type Workspace } from "../api";
import { type WorkspaceDraft, WorkspaceFields } from "../components/WorkspaceFields";
import css from "./Workspaces.module.css";

export default function NewWorkspacePage(): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [id] = useState(() => newId());
  const [draft, setDraft] = useState<WorkspaceDraft>({ name: "", description: "", color: 1, rooms: [...ROOMS] });
  const submission = useSubmission<Workspace>();
  const open = async (): Promise<void> => {
    if (draft.name.trim() === "") return;
    const made = await submission.run(() => openWorkspace({ id, ...draft, name: draft.name.trim() }));
    if (!made) return;
    await cache.invalidateQueries({ queryKey: keys.list });
    await navigate({ to: "/w/$slug/membres", params: { slug: made.slug } });
  };
  return (
    <Page narrow>
      <PageHeader title={t("new.title")} meta={t("new.lead")} />
      <div className={css.fields}>
        <Form onSubmit={open}>
          <WorkspaceFields draft={draft} onChange={setDraft} error={submission.error} autoFocus />
          <ProblemNote error={submission.error} />
          <FormActions>
            <Button type="submit" loading={submission.busy} disabled={draft.name.trim() === ""}>
              {t("new.open")}
            </Button>
            <ButtonLink to="/espaces" variant="default">
              {t("common:cancel")}
            </ButtonLink>
          </FormActions>
        </Form>
      </div>
    </Page>
  );
}
