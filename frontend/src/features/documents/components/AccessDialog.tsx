import { ActionIcon, Button, Modal, NativeSelect, Radio } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { type Change, type GrantRole, grantAccess, inheritAccess, keys, membersQuery, type Node, type NodeAccess, revokeAccess, setAccess } from "../api";
import css from "./Dialogs.module.css";
import { EffectNote } from "./EffectNote";

/** The folder of a conversation is ruled there: this dialog is not offered for it. */
type Ruled = Exclude<Node["access"], "conversation">;
const CHANGES: Record<Ruled, Change> = {
  inherited: { change: "inherit" },
  opened: { change: "open" },
  restricted: { change: "restrict" },
};
const ROLES: readonly GrantRole[] = ["reader", "member", "manager"];

/** The people of a folder: as the folder above, opened to guests by name, or restricted to named people. */
export function AccessDialog({ node, access, onClose }: { node: Node; access: NodeAccess; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data: members } = useQuery(membersQuery(node.workspace_id));
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState("");
  const [role, setRole] = useState<GrantRole>("reader");
  const present: Ruled = node.access === "conversation" ? "inherited" : node.access;
  const [mode, setMode] = useState(present);
  const own = present !== "inherited";
  const named = own ? access.access.people.filter((line) => line.reason === "scope_grant") : [];
  const others = (members?.items ?? []).filter((member) => !named.some((line) => line.person.id === member.person.id));
  const act = (work: () => Promise<unknown>): void => {
    setError(null);
    work()
      .catch(setError)
      .finally(() => {
        void cache.invalidateQueries({ queryKey: ["document-access", node.id] });
        void cache.invalidateQueries({ queryKey: keys.lists(node.workspace_id) });
      });
  };
  const apply = (): void => act(() => (mode === "inherited" ? inheritAccess(node.id) : setAccess(node.id, mode === "opened")));
  return (
    <Modal opened onClose={onClose} title={t("access.title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={dialogs.stack}>
        <Radio.Group value={mode} onChange={(next) => setMode(next as Ruled)} label={t("access.who")}>
          <div className={dialogs.stack}>
            <Radio value="inherited" label={t("access.inherited")} />
            <Radio value="opened" label={t("access.opened")} description={t("access.opened_hint")} />
            <Radio value="restricted" label={t("access.restricted")} description={t("access.restricted_hint")} />
          </div>
        </Radio.Group>
        {mode !== present && (
          <>
            <EffectNote node={node} change={CHANGES[mode]} />
            <div className={dialogs.buttons}>
              <Button variant="default" onClick={() => setMode(present)}>
                {t("common:cancel")}
              </Button>
              <Button onClick={apply}>{t("access.apply")}</Button>
            </div>
          </>
        )}
        {own && mode === present && (
          <>
            <ul role="list" className={css.people} aria-label={t("access.named")}>
              {named.map(({ person, guest, role: held }) => (
                <li key={person.id} className={css.person}>
                  <PersonAvatar person={person} size={28} />
                  <span className={css.who}>
                    {person.name} {guest && <GuestTag />}
                  </span>
                  <NativeSelect
                    className={css.role}
                    aria-label={t("access.role_of", { name: person.name })}
                    value={held}
                    data={ROLES.filter((one) => !guest || one !== "manager").map((one) => ({ value: one, label: t(`common:role.${one}`) }))}
                    onChange={(event) => {
                      const next = event.currentTarget.value as GrantRole;
                      act(() => grantAccess(node.id, person.id, next));
                    }}
                  />
                  <ActionIcon aria-label={t("access.remove", { name: person.name })} onClick={() => act(() => revokeAccess(node.id, person.id))}>
                    <IconX size={18} stroke={1.75} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
            {others.length > 0 && (
              <div className={css.add}>
                <NativeSelect
                  label={t("access.add")}
                  value={chosen}
                  onChange={(event) => setChosen(event.currentTarget.value)}
                  data={[
                    { value: "", label: t("access.choose") },
                    ...others.map(({ person, role: place }) => ({
                      value: person.id,
                      label: place === "guest" ? `${person.name} (${t("common:role.guest")})` : person.name,
                    })),
                  ]}
                />
                <NativeSelect
                  label={t("access.role")}
                  value={role}
                  data={ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }))}
                  onChange={(event) => setRole(event.currentTarget.value as GrantRole)}
                />
                <Button
                  disabled={chosen === ""}
                  onClick={() => {
                    act(() => grantAccess(node.id, chosen, role));
                    setChosen("");
                  }}
                >
                  {t("access.give")}
                </Button>
              </div>
            )}
          </>
        )}
        <ProblemNote error={error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:close")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
