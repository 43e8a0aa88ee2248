import css from "./Entrance.module.css";
import { LanguageButton } from "./LanguageButton";
import { OfficePlan } from "./OfficePlan";
import { usePageTitle } from "./Page";
import { PlanoMark } from "./PlanoMark";

/** The pages before the office: one task in a narrow column, the plan of the office beside it. */
export function Entrance({ title, lead, children }: { title: string; lead?: React.ReactNode; children: React.ReactNode }): React.JSX.Element {
  usePageTitle(title);
  return (
    <div className={css.entrance}>
      <div className={css.side}>
        <header className={css.brand}>
          <PlanoMark size={28} />
          Plano
        </header>
        <main id="main" className={css.main} tabIndex={-1}>
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className={css.lead}>{lead}</p>}
          <div className={css.body}>{children}</div>
        </main>
        <footer className={css.foot}>
          <LanguageButton />
        </footer>
      </div>
      <div className={css.plan} aria-hidden="true">
        <OfficePlan />
      </div>
    </div>
  );
}
