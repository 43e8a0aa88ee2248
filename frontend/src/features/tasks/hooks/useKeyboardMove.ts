/** Space lifts a card, arrows move it, Space drops it, Échap gives up; every step is announced. */
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import type { Column, Task } from "../api";
import { type Placement, placementOf, stepped } from "../lib/board";

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" } as const;

interface Options {
  columns: readonly Column[];
  /** As shown, the lifted card included. */
  byColumn: ReadonlyMap<string, readonly Task[]>;
  drop: (placement: Placement) => void;
  canMove: boolean;
}

interface KeyboardMove {
  lifted: Placement | null;
  /** The card that was in the hand last: drawn anew elsewhere, it takes the focus back. */
  lastId: string | null;
  onKeyDown: (event: React.KeyboardEvent, task: Task) => void;
  giveUp: () => void;
}

function isStep(key: string): key is keyof typeof STEPS {
  return key in STEPS;
}

export function useKeyboardMove({ columns, byColumn, drop, canMove }: Options): KeyboardMove {
  const { t } = useTranslation("tasks");
  const [lifted, setLifted] = useState<Placement | null>(null);

  const [lastId, setLastId] = useState<string | null>(null);

  const say = useCallback(
    (key: string, title: string, place: Placement) => {
      const column = columns.find((one) => one.id === place.columnId)?.name ?? "";
      const others = (byColumn.get(place.columnId) ?? []).filter((task) => task.id !== place.id).length;
      announce(t(key, { title, column, position: place.index + 1, total: others + 1 }));
    },
    [columns, byColumn, t],
  );

  const giveUp = useCallback(() => {
    setLifted(null);
    setLastId(null);
  }, []);

  const onKeyDown = useCallback(
    (event: React.KeyboardEvent, task: Task) => {
      if (event.key === " " && canMove) {
        event.preventDefault();
        const place = lifted ?? placementOf(task.id, byColumn);
        if (!place) return;
        say(lifted ? "move.dropped" : "move.lifted", task.title, place);
        if (lifted) drop(lifted);
        setLifted(lifted ? null : place);
        setLastId(task.id);
        return;
      }
      if (!lifted) return;
      if (event.key === "Escape") {
        event.preventDefault();
        announce(t("move.given_up", { title: task.title }));
        setLifted(null);
      } else if (isStep(event.key)) {
        event.preventDefault();
        const next = stepped(lifted, STEPS[event.key], columns, byColumn);
        setLifted(next);
        say("move.at", task.title, next);
      }
    },
    [canMove, lifted, byColumn, columns, drop, say, t],
  );

  return { lifted, lastId, onKeyDown, giveUp };
}
