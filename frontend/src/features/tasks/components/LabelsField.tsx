import { TagsInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { upsertInto } from "../../../shared/live/cache";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import { addLabel, keys, type Task } from "../api";
import type { BoardData } from "../hooks/useBoard";
import type { TaskActions } from "../hooks/useTaskActions";
import { byName } from "../lib/board";

/** Labels by their words; a new word becomes a label of the board. */
export function LabelsField({ task, board, actions }: { task: Task; board: BoardData; actions: TaskActions }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const carried = board.labels.filter((label) => task.label_ids.includes(label.id));
  const named = (name: string) => board.labels.find((label) => label.name.toLocaleLowerCase("fr") === name.trim().toLocaleLowerCase("fr"));

  const change = async (names: string[]): Promise<void> => {
    const ids: string[] = [];
    for (const name of names) {
      const found = named(name);
      if (found) ids.push(found.id);
      else {
        try {
          const made = await addLabel(board.workspaceId, newId(), name.trim(), (board.labels.length % 8) + 1);
          upsertInto(cache, keys.labels(board.workspaceId), made, { order: byName });
          ids.push(made.id);
        } catch {
          toast(t("label.not_added"));
          return;
        }
      }
    }
    const add = ids.filter((id) => !task.label_ids.includes(id));
    const remove = task.label_ids.filter((id) => !ids.includes(id));
    await actions.change(task, { add_labels: add, remove_labels: remove }, { label_ids: ids });
  };

  return (
    <TagsInput
      label={t("field.labels")}
      placeholder={carried.length === 0 ? t("field.labels_hint") : ""}
      maxTags={20}
      maxLength={40}
      disabled={!board.abilities.others.edit}
      data={board.labels.map((label) => label.name)}
      value={carried.map((label) => label.name)}
      onChange={(names) => void change(names)}
    />
  );
}
