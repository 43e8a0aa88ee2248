import { Button } from "@mantine/core";
import { IconArchive, IconArchiveOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { scopeAccess } from "../../../shared/api/access";
import { useWorkspace } from "../../../shared/session/session";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { confirm } from "../../../shared/ui/confirm";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { archiveWorkspace, changeWorkspace, keys, reopenWorkspace, type Workspace } from "../api";
import { type WorkspaceDraft, WorkspaceFields } from "../components/WorkspaceFields";
import css from "./Workspaces.module.css";

export default function WorkspaceSettingsPage(): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const workspace = useWorkspace();
  return (
    <Page narrow>
      <PageHeader title={t("settings.title")} meta={workspace.name} />
      {/* a change made by somebody else starts the form again from the new values */}
      <Details key={workspace.version} workspace={workspace} />
      {workspace.rooms.includes("chat") && (
        <Section title={t("settings.conversations")}>
          <p className={css.text}>{t("settings.conversations_lead")}</p>
          <ButtonLink to="/w/$slug/parametres/discussions" params={{ slug: workspace.slug }} variant="default">
            {t("settings.conversations_open")}
          </ButtonLink>
        </Section>
      )}
      <div className={css.danger}>
        {workspace.mine.role !== "guest" && <WhoHasAccess query={scopeAccess(workspace.id)} />}
        {workspace.mine.abilities.archive && <Archive workspace={workspace} />}
      </div>
    </Page>
  );
}

function Details({ workspace }: { workspace: Workspace }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const cache = useQueryClient();
  const { name, description, color, rooms } = workspace;
  const [draft, setDraft] = useState<WorkspaceDraft>({ name, description, color, rooms: [...rooms] });
  const submission = useSubmission<Workspace>();
  const mayEdit = workspace.mine.abilities.edit;
  const changes = changesFrom(workspace, draft);
  const changed = Object.keys(changes).length > 0;
  const save = async (): Promise<void> => {
    if (!changed || draft.name.trim() === "") return;
    const saved = await submission.run(() => changeWorkspace(workspace.id, changes));
    if (!saved) return;
    await cache.invalidateQueries({ queryKey: keys.list });
    toast(t("settings.saved"));
  };
  return (
    <div className={css.fields}>
      {!mayEdit && <p className={css.text}>{t("settings.read_only")}</p>}
      <Form onSubmit={save}>
        <WorkspaceFields draft={draft} onChange={setDraft} error={submission.error} readOnly={!mayEdit} />
        <ProblemNote error={submission.error} />
        {mayEdit && (
          <FormActions>
            <Button type="submit" loading={submission.busy} disabled={!changed || draft.name.trim() === ""}>
              {t("common:save")}
            </Button>
          </FormActions>
        )}
      </Form>
    </div>
  );
}

/** Only the fields that changed are sent: two people may edit two different ones. */
function changesFrom(workspace: Workspace, draft: WorkspaceDraft): Partial<WorkspaceDraft> {
  return {
    ...(draft.name.trim() !== workspace.name && { name: draft.name.trim() }),
    ...(draft.description !== workspace.description && { description: draft.description }),
    ...(draft.color !== workspace.color && { color: draft.color }),
    ...(draft.rooms.join() !== workspace.rooms.join() && { rooms: draft.rooms }),
  };
}

function Archive({ workspace }: { workspace: Workspace }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const cache = useQueryClient();
  const archived = workspace.archived_at !== null;
  const archive = (): void =>
    confirm({
      title: t("archive.title", { name: workspace.name }),
      consequence: t("archive.consequence"),
      verb: t("archive.do"),
      act: async () => {
        await archiveWorkspace(workspace.id);
        await cache.invalidateQueries({ queryKey: keys.list });
      },
    });
  const reopen = (): void =>
    confirm({
      title: t("archive.reopen_title", { name: workspace.name }),
      consequence: t("archive.reopen_consequence"),
      verb: t("archive.reopen"),
      danger: false,
      act: async () => {
        await reopenWorkspace(workspace.id);
        await cache.invalidateQueries({ queryKey: keys.list });
      },
    });
  return (
    <Section title={t(archived ? "archive.reopen" : "archive.section")}>
      <p className={css.text}>{t(archived ? "archive.is_archived" : "archive.lead")}</p>
      <Button
        variant="default"
        onClick={archived ? reopen : archive}
        leftSection={archived ? <IconArchiveOff size={18} stroke={1.75} /> : <IconArchive size={18} stroke={1.75} />}
      >
        {t(archived ? "archive.reopen" : "archive.do")}
      </Button>
    </Section>
  );
}
