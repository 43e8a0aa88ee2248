import {
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { upsertInto } from "../../../shared/live/cache";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import { addColumn, keys, type Task } from "../api";
import type { BoardData } from "../hooks/useBoard";
import { useKeyboardMove } from "../hooks/useKeyboardMove";
import type { TaskActions } from "../hooks/useTaskActions";
import { arranged, byRank, type Placement } from "../lib/board";
import css from "./Board.module.css";
import { BoardColumn } from "./BoardColumn";
import { CardShadow } from "./TaskCard";

interface Props {
  board: BoardData;
  actions: TaskActions;
  selectedId: string | undefined;
}

/** Columns of cards. The mouse, a finger and the keyboard move the same placement; the drop sends it once. */
export function Board({ board, actions, selectedId }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const hintId = useId();
  const [dragged, setDragged] = useState<Placement | null>(null);
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const resting = useMemo(() => arranged(board.columns, board.shown, null), [board.columns, board.shown]);
  const whole = useMemo(() => arranged(board.columns, board.tasks, null), [board.columns, board.tasks]);
  const { columns, abilities } = board;
  const context = useMemo(() => ({ columns, byColumn: whole, actions, abilities }), [columns, whole, actions, abilities]);
  const drop = (placement: Placement): void => void actions.move(unfiltered(placement, resting, whole), whole);
  const keyboard = useKeyboardMove({ columns: board.columns, byColumn: resting, drop, canMove: board.abilities.others.move });
  const placement = dragged ?? keyboard.lifted;
  const shown = useMemo(
    () => (placement ? arranged(board.columns, board.shown, placement) : resting),
    [board.columns, board.shown, placement, resting],
  );
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const held = board.tasks.find((task) => task.id === draggedId);
  const onDragMove = (event: DragMoveEvent): void => {
    const next = placementUnder(event, resting);
    if (next && (next.columnId !== dragged?.columnId || next.index !== dragged.index)) setDragged(next);
  };
  const onDragEnd = ({ over }: DragEndEvent): void => {
    if (over && dragged) drop(dragged);
    setDragged(null);
    setDraggedId(null);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ container: document.body, announcements: SILENT, screenReaderInstructions: { draggable: "" } }}
      onDragStart={({ active }) => {
        keyboard.giveUp();
        setDraggedId(String(active.id));
      }}
      onDragMove={onDragMove}
      onDragEnd={onDragEnd}
      onDragCancel={() => {
        setDragged(null);
        setDraggedId(null);
      }}
    >
      <p id={hintId} hidden>
        {t("move.hint")}
      </p>
      <div className={css.board}>
        {board.columns.map((column) => (
          <BoardColumn
            key={column.id}
            column={column}
            tasks={shown.get(column.id) ?? []}
            labels={board.labels}
            context={context}
            selectedId={selectedId}
            liftedId={keyboard.lifted?.id}
            lastId={keyboard.lastId}
            isTarget={dragged?.columnId === column.id}
            hintId={hintId}
            onKeyDown={keyboard.onKeyDown}
          />
        ))}
        {board.abilities.manage_columns && <AddColumn workspaceId={board.workspaceId} />}
      </div>
      <DragOverlay>{held && <CardShadow task={held} labels={board.labels} />}</DragOverlay>
    </DndContext>
  );
}

/** The keyboard's own announcements are ours; dnd-kit only follows the pointer here. */
const SILENT = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};

/** The place under the held card: before the first card whose middle is below its own. */
function placementUnder({ active, over }: DragMoveEvent, byColumn: ReadonlyMap<string, readonly Task[]>): Placement | null {
  const rect = active.rect.current.translated;
  if (!over || !rect) return null;
  const id = String(active.id);
  const columnId = String(over.id);
  const others = (byColumn.get(columnId) ?? []).filter((task) => task.id !== id);
  const middle = rect.top + rect.height / 2;
  const cards = document.querySelectorAll<HTMLElement>(`[data-column-list="${columnId}"] [data-task-id]`);
  for (const card of cards) {
    if (card.dataset["taskId"] === id) continue;
    const box = card.getBoundingClientRect();
    if (box.top + box.height / 2 > middle) {
      const index = others.findIndex((task) => task.id === card.dataset["taskId"]);
      if (index >= 0) return { id, columnId, index };
    }
  }
  return { id, columnId, index: others.length };
}

/** With a filter on, the place among what is shown becomes the place beside the same neighbour among all. */
function unfiltered(
  placement: Placement,
  shown: ReadonlyMap<string, readonly Task[]>,
  whole: ReadonlyMap<string, readonly Task[]>,
): Placement {
  const others = (shown.get(placement.columnId) ?? []).filter((task) => task.id !== placement.id);
  const all = (whole.get(placement.columnId) ?? []).filter((task) => task.id !== placement.id);
  const after = others[placement.index - 1];
  const before = others[placement.index];
  if (after) return { ...placement, index: all.findIndex((task) => task.id === after.id) + 1 };
  return { ...placement, index: before ? all.findIndex((task) => task.id === before.id) : all.length };
}

function AddColumn({ workspaceId }: { workspaceId: string }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: () => addColumn(workspaceId, newId(), t("column.new")),
    onSuccess: (column) => upsertInto(cache, keys.columns(workspaceId), column, { order: byRank }),
    onError: () => toast(t("column.not_added")),
  });
  return (
    <Button
      className={css.add}
      variant="subtle"
      leftSection={<IconPlus size={18} stroke={1.75} />}
      loading={add.isPending}
      onClick={() => add.mutate()}
    >
      {t("column.add")}
    </Button>
  );
}
