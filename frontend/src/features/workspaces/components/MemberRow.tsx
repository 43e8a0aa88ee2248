import { IconUserMinus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dropFrom, upsertInto } from "../../../shared/live/cache";
import type { Present } from "../../../shared/live/presence";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag, RoleTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { changeRole, keys, type Member, removeMember, type RoleName } from "../api";
import css from "./Members.module.css";
import { RoleSelect } from "./RoleSelect";

export function MemberRow({ member, presence }: { member: Member; presence: Present | null }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const me = useMe();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const menu = useRowMenu();
  const [error, setError] = useState<unknown>(null);
  const mayManage = workspace.mine.abilities.manage_members && member.person.id !== me.id;
  const { person } = member;

  const give = async (role: RoleName): Promise<void> => {
    setError(null);
    try {
      upsertInto(cache, keys.members(workspace.id), await changeRole(workspace.id, person.id, role), { insert: false });
      toast(t("members.role_given", { name: person.name, role: t(`common:role.${role}`) }));
    } catch (failure) {
      setError(failure);
    }
  };
  const remove = (): void =>
    confirm({
      title: t("remove.title", { name: person.name }),
      consequence: t("remove.consequence"),
      verb: t("remove.do"),
      act: async () => {
        await removeMember(workspace.id, person.id);
        dropFrom(cache, keys.members(workspace.id), member.id);
      },
    });
  return (
    <li className={css.item}>
      {/* the menu has its own visible button; the row only opens it too */}
      <div className={css.row} {...(mayManage && menu.rowProps)}>
        <PersonAvatar person={person} size={36} presence={presence} />
        <div className={css.words}>
          <div className={css.name}>
            {person.name}
            {person.id === me.id && <span className={css.me}>{t("members.you")}</span>}
            {member.role === "guest" && <GuestTag />}
          </div>
          <div className={css.meta}>
            {t("members.since")} <DateTime at={member.joined_at} />
          </div>
        </div>
        {mayManage ? (
          <RoleSelect value={member.role} onChange={(role) => void give(role)} label={t("members.role_of", { name: person.name })} compact />
        ) : (
          member.role !== "guest" && <RoleTag role={member.role} />
        )}
        {mayManage ? (
          <RowMenu
            name={person.name}
            menu={menu}
            actions={[{ key: "remove", label: t("remove.do"), icon: IconUserMinus, onSelect: remove, danger: true }]}
          />
        ) : (
          <span className={css.noMenu} />
        )}
      </div>
      <ProblemNote error={error} />
    </li>
  );
}
