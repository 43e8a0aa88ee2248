import { Button, MultiSelect, NativeSelect, TextInput, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LinkCards } from "../../../shared/prose/LinkCards";
import { Prose } from "../../../shared/prose/Prose";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { DateTime } from "../../../shared/ui/DateTime";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { DetailsPanel } from "../../../shared/ui/panel";
import { Origin } from "../../../shared/work/Origin";
import { membersQuery, type Person, PRIORITIES, type Task } from "../api";
import type { BoardData } from "../hooks/useBoard";
import type { TaskActions } from "../hooks/useTaskActions";
import { useTextField } from "../hooks/useTextField";
import { arranged } from "../lib/board";
import { Checklist } from "./Checklist";
import { LabelsField } from "./LabelsField";
import { SaveNote } from "./SaveNote";
import css from "./TaskPanel.module.css";

interface Props {
  task: Task;
  board: BoardData;
  actions: TaskActions;
  onClose: () => void;
}

/** A task in full. Each field saves itself; nothing waits for a button. */
export function TaskPanel({ task, board, actions, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const title = useTextField(task, "title");
  const description = useTextField(task, "description");
  const { data: members } = useQuery(membersQuery(task.workspace_id));
  const may = board.abilities.others;
  const known = (members?.items ?? []).filter((member) => member.role !== "guest").map((member) => member.person);
  const people = [...known, ...task.assignees.filter((one) => !known.some((person) => person.id === one.id))];
  const column = board.columns.find((one) => one.id === task.column_id);

  const assign = (ids: string[]): void => {
    const held = task.assignees.map((person) => person.id);
    const added = ids.filter((id) => !held.includes(id));
    const removed = held.filter((id) => !ids.includes(id));
    const shown = ids.map((id) => people.find((person) => person.id === id)).filter((one): one is Person => one !== undefined);
    void actions.change(task, { add_assignees: added, remove_assignees: removed }, { assignees: shown });
  };
  const setDate = (due_date: string | null): void => {
    const cleared = due_date === null ? { due_date, due_time: null } : { due_date };
    void actions.change(task, cleared, cleared);
  };

  return (
    <DetailsPanel title={task.title} onClose={onClose} meta={column?.name} focusTitle>
      <WhoHasAccess queryKey={["workspace-access", task.workspace_id]} scopeId={task.workspace_id} because={t("panel.access")} />
      <fieldset className={css.fields} disabled={!may.edit}>
        <legend className="visually-hidden">{t("panel.fields")}</legend>
        <div>
          <TextInput
            label={t("field.title")}
            maxLength={250}
            value={title.value}
            onChange={(event) => title.onChange(event.currentTarget.value)}
            onBlur={title.onBlur}
          />
          <SaveNote field={title} />
        </div>
        <NativeSelect
          label={t("field.column")}
          value={task.column_id}
          data={board.columns.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => {
            const columnId = event.currentTarget.value;
            const all = arranged(board.columns, board.tasks, null);
            void actions.move({ id: task.id, columnId, index: all.get(columnId)?.length ?? 0 }, all);
          }}
        />
        <MultiSelect
          label={t("field.people")}
          placeholder={task.assignees.length === 0 ? t("field.people_hint") : ""}
          searchable
          hidePickedOptions
          disabled={!may.edit}
          nothingFoundMessage={t("field.nobody")}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={task.assignees.map((person) => person.id)}
          onChange={assign}
        />
        <div className={css.pair}>
          <TextInput
            type="date"
            label={t("field.date")}
            value={task.due_date ?? ""}
            onChange={(event) => setDate(event.currentTarget.value || null)}
          />
          <TextInput
            type="time"
            label={t("field.time")}
            value={task.due_time ?? ""}
            disabled={task.due_date === null}
            onChange={(event) => {
              const due_time = event.currentTarget.value || null;
              void actions.change(task, { due_time }, { due_time });
            }}
          />
        </div>
        <NativeSelect
          label={t("field.priority")}
          value={task.priority}
          data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          onChange={(event) => {
            const priority = PRIORITIES.find((one) => one === event.currentTarget.value);
            if (priority) void actions.change(task, { priority }, { priority });
          }}
        />
        <LabelsField task={task} board={board} actions={actions} />
        {may.edit ? (
          <div>
            <Textarea
              label={t("field.description")}
              autosize
              minRows={4}
              maxRows={16}
              maxLength={20_000}
              value={description.value}
              onChange={(event) => description.onChange(event.currentTarget.value)}
              onBlur={description.onBlur}
            />
            <SaveNote field={description} />
            <LinkCards text={task.description} />
          </div>
        ) : (
          task.description !== "" && (
            <section aria-label={t("field.description")}>
              <h3 className={css.heading}>{t("field.description")}</h3>
              <Prose small text={task.description} />
            </section>
          )
        )}
        <Checklist task={task} actions={actions} />
      </fieldset>
      {task.assignee_left && <ErrorNote>{t("panel.left")}</ErrorNote>}
      <Origin origin={task.origin} />
      <p className={css.made}>
        {t("panel.made_by", { name: task.created_by.name })} <DateTime at={task.created_at} />
      </p>
      {may.delete && (
        <Button
          className={css.remove}
          variant="default"
          leftSection={<IconTrash size={18} stroke={1.75} />}
          onClick={() => {
            onClose();
            void actions.remove(task);
          }}
        >
          {t("menu.delete")}
        </Button>
      )}
    </DetailsPanel>
  );
}
