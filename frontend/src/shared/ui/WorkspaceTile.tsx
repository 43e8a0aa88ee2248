import { identity, workspaceInitials } from "../lib/names";
import css from "./WorkspaceTile.module.css";

/** A rounded square is a workspace. Its name is beside it: silent for screen readers. */
export function WorkspaceTile({ name, color, size = 24 }: { name: string; color: number; size?: 24 | 28 | 32 | 48 }): React.JSX.Element {
  return (
    <span className={css.tile} data-size={size} data-color={identity(color)} aria-hidden="true">
      {workspaceInitials(name)}
    </span>
  );
}
