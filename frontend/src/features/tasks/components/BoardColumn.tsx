import { useDroppable } from "@dnd-kit/core";
import { ActionIcon } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import type { Column, Label, Task } from "../api";
import type { MenuContext } from "../hooks/useTaskMenu";
import css from "./Board.module.css";
import { ColumnMenu } from "./ColumnMenu";
import { QuickAdd } from "./QuickAdd";
import { TaskCard } from "./TaskCard";
import { VirtualList } from "./VirtualList";

interface Props {
  column: Column;
  tasks: readonly Task[];
  labels: readonly Label[];
  context: MenuContext;
  selectedId: string | undefined;
  liftedId: string | undefined;
  lastId: string | null;
  isTarget: boolean;
  hintId: string;
  onKeyDown: (event: React.KeyboardEvent, task: Task) => void;
}

const CARD = 104;
const GAP = 10;

export function BoardColumn({ column, tasks, labels, context, selectedId, liftedId, lastId, isTarget, hintId, onKeyDown }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const [adding, setAdding] = useState(false);
  const [scroll, setScroll] = useState<HTMLDivElement | null>(null);
  const { setNodeRef } = useDroppable({ id: column.id });
  return (
    <section ref={setNodeRef} className={cx(css.column, isTarget && css.target)} aria-label={column.name}>
      <header className={css.head}>
        <h2>{column.name}</h2>
        <span className={css.count}>
          <span aria-hidden="true">{tasks.length}</span>
          <span className="visually-hidden">{t("count", { count: tasks.length })}</span>
        </span>
        <span className={css.tools}>
          {context.abilities.manage_columns && <ColumnMenu column={column} columns={context.columns} isEmpty={tasks.length === 0} />}
          {context.abilities.create && (
            <ActionIcon size="sm" aria-label={t("add.label", { column: column.name })} onClick={() => setAdding(true)}>
              <IconPlus size={18} stroke={1.75} />
            </ActionIcon>
          )}
        </span>
      </header>
      {/* the cards inside have the focus; the zone itself must be reachable to scroll it by keyboard when it is long */}
      <div ref={setScroll} className={css.cards} data-column-list={column.id}>
        <VirtualList
          items={tasks}
          scroll={scroll}
          estimate={CARD}
          gap={GAP}
          label={t("cards_of", { column: column.name })}
          render={(task) => (
            <TaskCard
              task={task}
              labels={labels}
              context={context}
              selected={task.id === selectedId}
              lifted={task.id === liftedId}
              last={task.id === lastId}
              hintId={hintId}
              onKeyDown={onKeyDown}
            />
          )}
        />
        {adding && (
          <QuickAdd
            column={column.name}
            onAdd={(title) => context.actions.create(column.id, title)}
            onClose={() => setAdding(false)}
          />
        )}
      </div>
    </section>
  );
}
