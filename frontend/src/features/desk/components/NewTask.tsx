import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { addTask, keys, type Place, type Task } from "../api";

/** A task for myself, in the board of a workspace. */
export function NewTask({ places }: { places: Place[] }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => setOpened(true)}>
        {t("new_task.button")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("new_task.title")}
        closeButtonProps={{ "aria-label": t("common:close") }}
      >
        <TaskForm places={places} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

/** Sent again after a lost answer it is the same task: its id is made with the form. */
function TaskForm({ places, onClose }: { places: Place[]; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const me = useMe();
  const cache = useQueryClient();
  const [id] = useState(newId);
  const [title, setTitle] = useState("");
  const [day, setDay] = useState("");
  const [where, setWhere] = useState(places[0]?.id ?? "");
  const [missing, setMissing] = useState(false);
  const submission = useSubmission<Task>();
  const add = async (): Promise<void> => {
    setMissing(title.trim() === "");
    if (title.trim() === "") return;
    const task = await submission.run(() => addTask(where, { id, title, due_date: day || null, assignee_ids: [me.id] }));
    if (!task) return;
    void cache.invalidateQueries({ queryKey: keys.all });
    onClose();
  };
  return (
    <Form onSubmit={add}>
      <TextInput
        label={t("new_task.what")}
        required
        data-autofocus
        maxLength={250}
        value={title}
        error={missing && t("new_task.missing")}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("new_task.where")}
        data={places.map((place) => ({ value: place.id, label: place.name }))}
        value={where}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <TextInput type="date" label={t("new_task.when")} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <ProblemNote error={submission.error} />
      <FormActions end>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={submission.busy}>
          {t("new_task.submit")}
        </Button>
      </FormActions>
    </Form>
  );
}
