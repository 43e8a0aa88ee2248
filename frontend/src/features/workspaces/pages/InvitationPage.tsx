import { Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import type { Schema } from "../../../shared/api/client";
import { isProblem } from "../../../shared/api/problem";
import { currentLanguage } from "../../../shared/i18n";
import { timeZone } from "../../../shared/lib/dates";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, PasswordField, useSubmission } from "../../../shared/ui/Form";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { acceptInvitation, invitationQuery, type Workspace } from "../api";
import css from "./Invitation.module.css";

type View = Schema<"InvitationView">;

/** What the link of a mail opens. Reading it changes nothing: the button joins. */
export default function InvitationPage(): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const { token } = useParams({ from: "/invitation/$token" });
  const { data, error } = useQuery(invitationQuery(token));
  if (error)
    return (
      <Entrance title={t("invitation.over")} lead={isProblem(error) ? t("invitation.over_lead") : ""}>
        {!isProblem(error) && <ProblemNote error={error} />}
        <ButtonLink to="/" variant="default" size="lg">
          {t("invitation.desk")}
        </ButtonLink>
      </Entrance>
    );
  if (!data)
    return (
      <Entrance title={t("invitation.title")}>
        <RowsSkeleton rows={3} />
      </Entrance>
    );
  return (
    <Entrance
      title={data.workspace_name}
      lead={t("invitation.lead", { name: data.invited_by, role: t(`role_as.${data.role}`) })}
    >
      <Answer view={data} token={token} />
    </Entrance>
  );
}

function Answer({ view, token }: { view: View; token: string }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  if (view.accepts) return <Join token={token} />;
  if (view.signed_in_as !== null)
    return (
      <>
        <p className={css.text}>{t("invitation.other_person", { email: view.email, name: view.signed_in_as })}</p>
        <ButtonLink to="/" variant="default" size="lg">
          {t("invitation.desk")}
        </ButtonLink>
      </>
    );
  if (view.account_exists)
    return (
      <>
        <p className={css.text}>{t("invitation.has_account", { email: view.email })}</p>
        <ButtonLink to="/connexion" search={{ next: `/invitation/${token}` }} size="lg" fullWidth>
          {t("invitation.sign_in")}
        </ButtonLink>
      </>
    );
  return <CreateAccount view={view} token={token} />;
}

function useEnter(): (workspace: Workspace | undefined) => Promise<void> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return async (workspace) => {
    if (!workspace) return;
    cache.clear();
    await navigate({ to: "/w/$slug", params: { slug: workspace.slug } });
  };
}

function Join({ token }: { token: string }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const submission = useSubmission<Workspace>();
  const enter = useEnter();
  return (
    <>
      <ProblemNote error={submission.error} />
      <Button size="lg" fullWidth loading={submission.busy} onClick={() => void submission.run(() => acceptInvitation(token, {})).then(enter)}>
        {t("invitation.join")}
      </Button>
    </>
  );
}

function CreateAccount({ view, token }: { view: View; token: string }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const submission = useSubmission<Workspace>();
  const enter = useEnter();
  const join = async (): Promise<void> => {
    const account = { name: name.trim(), password, language: currentLanguage(), time_zone: timeZone() };
    await enter(await submission.run(() => acceptInvitation(token, account)));
  };
  return (
    <Form onSubmit={join}>
      <TextInput size="lg" label={t("invitation.email")} value={view.email} readOnly autoComplete="username" />
      <TextInput
        size="lg"
        label={t("invitation.name")}
        autoComplete="name"
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(submission.error, "name", t)}
      />
      <PasswordField
        size="lg"
        label={t("invitation.password")}
        description={t("invitation.password_rule")}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={fieldError(submission.error, "password", t)}
      />
      <ProblemNote error={submission.error} />
      <Button type="submit" size="lg" fullWidth loading={submission.busy} disabled={name.trim() === "" || password === ""}>
        {t("invitation.join")}
      </Button>
    </Form>
  );
}
