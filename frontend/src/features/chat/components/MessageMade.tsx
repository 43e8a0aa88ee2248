import { IconCalendarEvent, IconGavel, IconSquareCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schema } from "../../../shared/api/client";
import { longDay } from "../../../shared/lib/dates";
import { useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { type State, stateQuery } from "../../../shared/work/states";
import css from "./MessageMade.module.css";

type Thing = Schema<"ThingOut">;

const GLYPHS = { "tasks.task": IconSquareCheck, event: IconCalendarEvent, "chat.decision": IconGavel } as const;
const WORDS = { "tasks.task": "task", event: "event", "chat.decision": "decision" } as const;
type Kind = keyof typeof GLYPHS;

/** The task, event or decision made of a message, as far as its reader sees them, and how they stand now. */
export function MessageMade({ made, tabIndex }: { made: readonly Thing[]; tabIndex: number }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  if (made.length === 0) return null;
  return (
    <ul role="list" className={css.made} aria-label={t("work.made")}>
      {made.map((thing) => (
        <li key={thing.id}>{thing.kind in GLYPHS && <Chip kind={thing.kind as Kind} id={thing.id} tabIndex={tabIndex} />}</li>
      ))}
    </ul>
  );
}

function Chip({ kind, id, tabIndex }: { kind: Kind; id: string; tabIndex: number }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  const { slug } = useWorkspace();
  const { data } = useQuery(stateQuery(kind, id));
  if (!data) return null;
  const Glyph = GLYPHS[kind];
  const glyph = <Glyph size={16} stroke={1.75} aria-hidden="true" />;
  const { state } = data;
  if (!state) {
    return (
      <span className={cx(css.chip, css.hidden)}>
        {glyph}
        {t(`work.made_${WORDS[kind]}_hidden`)}
      </span>
    );
  }
  const label = t(wordsOf(kind, state), { title: state.title, date: state.at === null ? "" : longDay(dayOf(state.at, state.all_day)) });
  const chip = { className: cx(css.chip, (state.done || state.status === "cancelled") && css.done), tabIndex, "data-made": kind };
  const inside = (
    <>
      {glyph}
      <span className={css.words}>{label}</span>
    </>
  );
  if (kind === "tasks.task") {
    return (
      <Link {...chip} to="/w/$slug/taches" params={{ slug }} search={{ tache: id }}>
        {inside}
      </Link>
    );
  }
  if (kind === "event") {
    return (
      <Link {...chip} to="/w/$slug/agenda" params={{ slug }} search={{ evenement: id }}>
        {inside}
      </Link>
    );
  }
  return (
    <Link {...chip} to="/w/$slug/decisions" params={{ slug }} search={{ decision: id }}>
      {inside}
    </Link>
  );
}

function wordsOf(kind: Kind, state: State): string {
  const word = `work.made_${WORDS[kind]}`;
  if (kind === "tasks.task") return state.done ? `${word}_done` : word;
  if (kind === "chat.decision") return state.status === "adopted" ? word : `${word}_${state.status}`;
  return word;
}

/** A whole day is the same day for everybody. */
function dayOf(at: string, allDay: boolean): string {
  return allDay ? `${at.slice(0, 10)}T12:00:00` : at;
}
