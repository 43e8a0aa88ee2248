import type { Icon } from "@tabler/icons-react";
import css from "./EmptyState.module.css";

interface Props {
  icon: Icon;
  /** A sentence of fact: « Cette bibliothèque est vide ». */
  title: string;
  /** A sentence of gesture. */
  hint?: string;
  /** One button at most. */
  children?: React.ReactNode;
}

/** An empty room drawn as on a plan: four walls, a door, what the room is for. */
export function EmptyState({ icon: Glyph, title, hint, children }: Props): React.JSX.Element {
  return (
    <div className={css.empty}>
      <span className={css.plan} aria-hidden="true">
        <svg viewBox="0 0 104 88" fill="none" className={css.walls}>
          <path d="M38 86H2V2h100v84H70" strokeWidth="3" />
          <path d="M37 86V54a33 33 0 0 1 33 32" strokeWidth="1.25" strokeDasharray="3 3" />
        </svg>
        <Glyph className={css.glyph} size={28} stroke={1.5} />
      </span>
      <h2>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
      {children !== undefined && <div className={css.action}>{children}</div>}
    </div>
  );
}
