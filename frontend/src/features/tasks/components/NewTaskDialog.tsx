import { Button, Modal, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { addTask, membersQuery, type NewTaskFields, type Task } from "../api";
import { folds } from "../live";
import css from "./NewTaskDialog.module.css";

interface Props {
  workspaceId: string;
  first: NewTaskFields;
  /** Who will see it, when that is not who sees where it comes from. */
  note: React.ReactNode;
  onClose: () => void;
  onMade: (task: Task) => void;
}

/** A task in one go: what, who, until when. Sent again after a cut, it is made once. */
export function NewTaskDialog({ workspaceId, first, note, onClose, onMade }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const { data: members } = useQuery(membersQuery(workspaceId));
  const [id] = useState(newId);
  const [fields, setFields] = useState(first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (change: Partial<NewTaskFields>): void => setFields({ ...fields, ...change });
  const people = (members?.items ?? []).filter((one) => one.role !== "guest").map(({ person }) => ({ value: person.id, label: person.name }));
  const known = fields.assignee_ids.filter((one) => people.some((person) => person.value === one));
  const ready = fields.title.trim() !== "";
  const make = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const task = await addTask(workspaceId, id, { ...fields, title: fields.title.trim(), assignee_ids: known });
      folds["tasks.task"].changed(cache, task);
      onMade(task);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("new.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={css.form} onSubmit={(event) => void make(event)}>
        <TextInput
          label={t("field.title")}
          required
          maxLength={250}
          value={fields.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          data-autofocus
        />
        <MultiSelect
          label={t("field.people")}
          placeholder={known.length === 0 ? t("field.people_hint") : ""}
          searchable
          hidePickedOptions
          nothingFoundMessage={t("field.nobody")}
          data={people}
          value={known}
          onChange={(assignee_ids) => set({ assignee_ids })}
        />
        <TextInput
          type="date"
          label={t("field.date")}
          value={fields.due_date ?? ""}
          onChange={(event) => set({ due_date: event.currentTarget.value || null })}
        />
        <Textarea
          label={t("field.description")}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={20_000}
          value={fields.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        {note}
        <ProblemNote error={error} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t("new.create")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
