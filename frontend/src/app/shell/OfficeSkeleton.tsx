import { PageSkeleton } from "../../shared/ui/Loading";
import { PlanoMark } from "../../shared/ui/PlanoMark";
import css from "./OfficeSkeleton.module.css";

/** The frame while the person and their workspaces come. */
export function OfficeSkeleton(): React.JSX.Element {
  return (
    <div className={css.frame}>
      <div className={css.top}>
        <PlanoMark /> Plano
      </div>
      <div className={css.side} />
      <main className={css.main}>
        <PageSkeleton />
      </main>
    </div>
  );
}
