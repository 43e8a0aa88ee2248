import { Button, TextInput } from "@mantine/core";
import { IconLogout, IconSearch, IconSettings, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "../../../shared/live/presence";
import { useWorkspace } from "../../../shared/session/session";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Toolbar } from "../../../shared/ui/Page";
import { RowMenu } from "../../../shared/ui/RowMenu";
import { membersQuery } from "../api";
import { InviteDialog } from "../components/InviteDialog";
import { MemberRow } from "../components/MemberRow";
import css from "../components/Members.module.css";
import { PendingInvitations } from "../components/PendingInvitations";
import { useLeave } from "../hooks/useLeave";
import { inOrder, matching } from "../lib/people";

export default function MembersPage(): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const workspace = useWorkspace();
  const { data, error, isPending } = useQuery(membersQuery(workspace.id));
  const presence = usePresence(workspace.id);
  const [text, setText] = useState("");
  const [inviting, setInviting] = useState(false);
  const leave = useLeave(workspace);
  const { abilities } = workspace.mine;
  const members = inOrder(data?.items ?? []);
  const shown = matching(members, text);
  const here = members.filter((member) => presence[member.person.id] !== undefined).length;
  return (
    <Page>
      <PageHeader
        title={t("members.title")}
        meta={data && `${t("members.count", { count: members.length })} · ${t("members.here", { count: here })}`}
      >
        <ButtonLink to="/w/$slug/parametres"
          params={{ slug: workspace.slug }}
          variant="default"
          className={css.wide ?? ""}
          leftSection={<IconSettings size={18} stroke={1.75} />}
        >
          {t("members.settings")}
        </ButtonLink>
        {abilities.invite && (
          <Button leftSection={<IconUserPlus size={18} stroke={1.75} />} onClick={() => setInviting(true)}>
            {t("members.invite")}
          </Button>
        )}
        <RowMenu
          name={workspace.name}
          actions={abilities.leave ? [{ key: "leave", label: t("members.leave"), icon: IconLogout, onSelect: leave, danger: true }] : []}
        />
      </PageHeader>
      {members.length > 8 && (
        <Toolbar label={t("members.title")}>
          <TextInput
            className={css.search}
            aria-label={t("members.find")}
            placeholder={t("members.find")}
            leftSection={<IconSearch size={18} stroke={1.75} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Toolbar>
      )}
      {isPending && <RowsSkeleton />}
      <ProblemNote error={error} />
      {shown.length > 0 && (
        <ul role="list" className={css.list} aria-label={t("members.title")}>
          {shown.map((member) => (
            <MemberRow key={member.id} member={member} presence={presence[member.person.id] ?? null} />
          ))}
        </ul>
      )}
      {data && shown.length === 0 && <EmptyState icon={IconUsers} title={t("members.nobody")} hint={t("members.nobody_hint")} />}
      {abilities.invite && <PendingInvitations />}
      {abilities.invite && <InviteDialog opened={inviting} onClose={() => setInviting(false)} />}
    </Page>
  );
}
