import { IconMail, IconSend2, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { dropFrom, upsertInto } from "../../../shared/live/cache";
import { useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { RoleTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { cancelInvitation, type Invitation, invitationsQuery, keys, resendInvitation } from "../api";
import css from "./Members.module.css";

/** Those who were invited and have not come yet. */
export function PendingInvitations(): React.JSX.Element | null {
  const { t } = useTranslation("workspaces");
  const workspace = useWorkspace();
  const { data, error } = useQuery(invitationsQuery(workspace.id));
  if (error) return <ProblemNote error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Section title={t("pending.title")} note={t("pending.count", { count: data.items.length })}>
      <ul role="list" className={css.list} aria-label={t("pending.title")}>
        {data.items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const cache = useQueryClient();
  const menu = useRowMenu();
  const { id, workspace_id: workspaceId, email } = invitation;
  const resend = async (): Promise<void> => {
    try {
      upsertInto(cache, keys.invitations(workspaceId), await resendInvitation(workspaceId, id));
      toast(t("pending.resent", { email }));
    } catch (error) {
      toast(sentenceFor(error, t));
    }
  };
  const cancel = (): void =>
    confirm({
      title: t("pending.cancel_title", { email }),
      consequence: t("pending.cancel_consequence"),
      verb: t("pending.cancel"),
      act: async () => {
        await cancelInvitation(workspaceId, id);
        dropFrom(cache, keys.invitations(workspaceId), id);
      },
    });
  return (
    <li className={css.item}>
      <div className={css.row} {...menu.rowProps}>
        <IconMail size={20} stroke={1.75} aria-hidden="true" />
        <div className={css.words}>
          <div className={css.name}>{email}</div>
          <div className={css.meta}>
            {t("pending.by", { name: invitation.invited_by.name })} <DateTime at={invitation.created_at} /> · {t("pending.until")}{" "}
            <DateTime at={invitation.expires_at} style="planned" />
          </div>
        </div>
        <RoleTag role={invitation.role} />
        <RowMenu
          name={email}
          menu={menu}
          actions={[
            { key: "resend", label: t("pending.resend"), icon: IconSend2, onSelect: () => void resend() },
            { key: "cancel", label: t("pending.cancel"), icon: IconTrash, onSelect: cancel, danger: true },
          ]}
        />
      </div>
    </li>
  );
}
