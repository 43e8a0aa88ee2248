import { Button, Modal, TextInput } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dropFrom, upsertInto } from "../../../shared/live/cache";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { confirm } from "../../../shared/ui/confirm";
import { toast } from "../../../shared/ui/toast";
import { changeColumn, type Column, deleteColumn, keys } from "../api";
import { byRank } from "../lib/board";
import css from "./QuickAdd.module.css";

/** What a manager does to a column. */
export function ColumnMenu({ column, columns, isEmpty }: { column: Column; columns: readonly Column[]; isEmpty: boolean }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const here = columns.findIndex((one) => one.id === column.id);
  const [left, right] = [columns[here - 1], columns[here + 1]];
  const move = useMutation({
    mutationFn: (beside: { before_id?: string; after_id?: string }) => changeColumn(column.id, beside),
    onSuccess: (moved) => upsertInto(cache, keys.columns(column.workspace_id), moved, { order: byRank }),
    onError: () => toast(t("column.not_moved")),
  });
  const actions: RowAction[] = [
    { key: "rename", label: t("column.rename"), icon: IconPencil, onSelect: () => setRenaming(true) },
  ];
  if (left) actions.push({ key: "left", label: t("column.left"), icon: IconArrowLeft, onSelect: () => move.mutate({ before_id: left.id }) });
  if (right) actions.push({ key: "right", label: t("column.right"), icon: IconArrowRight, onSelect: () => move.mutate({ after_id: right.id }) });
  if (isEmpty && columns.length > 1) {
    actions.push({
      key: "delete",
      label: t("column.delete"),
      icon: IconTrash,
      danger: true,
      onSelect: () =>
        confirm({
          title: t("column.delete_title", { name: column.name }),
          consequence: t("column.delete_consequence"),
          verb: t("column.delete"),
          act: async () => {
            await deleteColumn(column.id);
            dropFrom(cache, keys.columns(column.workspace_id), column.id);
          },
        }),
    });
  }
  return (
    <>
      <RowMenu name={column.name} actions={actions} />
      {renaming && <RenameColumn column={column} onClose={() => setRenaming(false)} />}
    </>
  );
}

function RenameColumn({ column, onClose }: { column: Column; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const [name, setName] = useState(column.name);
  const rename = useMutation({
    mutationFn: () => changeColumn(column.id, { name: name.trim() }),
    onSuccess: (renamed) => {
      upsertInto(cache, keys.columns(column.workspace_id), renamed, { order: byRank });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("column.rename")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") rename.mutate();
        }}
      >
        <TextInput data-autofocus label={t("column.name")} maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <ProblemNote error={rename.error} />
        <div className={css.buttons}>
          <Button type="submit" loading={rename.isPending} disabled={name.trim() === ""}>
            {t("column.rename_submit")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
