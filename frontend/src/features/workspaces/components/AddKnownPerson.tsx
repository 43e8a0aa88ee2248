import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { upsertInto } from "../../../shared/live/cache";
import { useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { toast } from "../../../shared/ui/toast";
import { addMember, keys, type Member, membersQuery, peopleQuery, type Person, type RoleName } from "../api";
import css from "./Members.module.css";
import { RoleSelect } from "./RoleSelect";

/** Those who share another workspace with me. */
export function AddKnownPerson({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [chosen, setChosen] = useState<Person | null>(null);
  const [role, setRole] = useState<RoleName>("member");
  const submission = useSubmission<Member>();
  const { data: members } = useQuery(membersQuery(workspace.id));
  const { data: found, error } = useQuery({ ...peopleQuery(wanted), placeholderData: keepPreviousData });
  const inside = new Set(members?.items.map((member) => member.person.id));
  const people = found?.items.filter((person) => !inside.has(person.id)) ?? [];

  const add = async (): Promise<void> => {
    if (!chosen) return;
    const member = await submission.run(() => addMember(workspace.id, { user_id: chosen.id, role }));
    if (!member) return;
    upsertInto(cache, keys.members(workspace.id), member);
    toast(t("invite.added", { name: member.person.name }));
    onClose();
  };
  return (
    <Form onSubmit={add}>
      <TextInput
        label={t("invite.find")}
        description={t("invite.find_why")}
        data-autofocus
        leftSection={<IconSearch size={18} stroke={1.75} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNote error={error} />
      <div className={css.found} role="radiogroup" aria-label={t("invite.found")}>
        {people.map((person) => (
          <UnstyledButton
            key={person.id}
            type="button"
            role="radio"
            aria-checked={chosen?.id === person.id}
            className={css.candidate}
            onClick={() => setChosen(person)}
          >
            <PersonAvatar person={person} size={28} />
            {person.name}
          </UnstyledButton>
        ))}
        {found && people.length === 0 && <p className={css.none}>{t("invite.none")}</p>}
      </div>
      <RoleSelect value={role} onChange={setRole} label={t("invite.role")} />
      <ProblemNote error={submission.error} />
      <FormActions end>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={submission.busy} disabled={chosen === null}>
          {t("invite.add")}
        </Button>
      </FormActions>
    </Form>
  );
}
