import { IconChevronRight } from "@tabler/icons-react";
import type { Step } from "../api";
import css from "./Dialogs.module.css";

interface Props {
  label: string;
  /** What the top of the library is called. */
  top: string;
  path: readonly Step[];
  onPlace: (folderId: string | null) => void;
}

/** Where a picker stands, each step a way back. */
export function Crumbs({ label, top, path, onPlace }: Props): React.JSX.Element {
  return (
    <nav className={css.crumbs} aria-label={label}>
      <button type="button" className={css.crumb} onClick={() => onPlace(null)}>
        {top}
      </button>
      {path.map((step) => (
        <span key={step.id} className={css.crumbs}>
          <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
          <button type="button" className={css.crumb} onClick={() => onPlace(step.id)}>
            {step.name}
          </button>
        </span>
      ))}
    </nav>
  );
}
