import { useEffect } from "react";
import { cx } from "./cx";
import css from "./Page.module.css";
import { sayTitle } from "./pageTitle";

/** The margins of a view. `fill` for a room that scrolls inside itself (board, chat, calendar). */
export function Page({ children, fill = false, narrow = false }: { children: React.ReactNode; fill?: boolean; narrow?: boolean }): React.JSX.Element {
  return <div className={cx(css.page, fill && css.fill, narrow && css.narrow)}>{children}</div>;
}

interface HeaderProps {
  title: string;
  /** Of the browser's tab, when it says more than the heading. */
  tabTitle?: string;
  /** One line under the title. */
  meta?: React.ReactNode;
  /** Before the title: a tile, a face. */
  icon?: React.ReactNode;
  /** Buttons, the primary one last. */
  children?: React.ReactNode;
}

/** The one h1 of a view; it names the browser's tab and receives the focus after a navigation. */
export function PageHeader({ title, tabTitle, meta, icon, children }: HeaderProps): React.JSX.Element {
  usePageTitle(tabTitle ?? title);
  return (
    <header className={css.header}>
      {icon}
      <div className={css.words}>
        <h1 tabIndex={-1}>{title}</h1>
        {meta !== undefined && <div className={css.meta}>{meta}</div>}
      </div>
      {children !== undefined && <div className={css.actions}>{children}</div>}
    </header>
  );
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    sayTitle(title);
  }, [title]);
}

/** A row of tools under the header: filters at the left, counts at the right (`end`). */
export function Toolbar({ children, end, label }: { children: React.ReactNode; end?: React.ReactNode; label: string }): React.JSX.Element {
  return (
    <div className={css.toolbar} role="toolbar" aria-label={label}>
      {children}
      {end !== undefined && <div className={css.end}>{end}</div>}
    </div>
  );
}

/** A titled part of a page or panel. */
export function Section({ title, action, note, children }: { title: string; action?: React.ReactNode; note?: React.ReactNode; children: React.ReactNode }): React.JSX.Element {
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2>{title}</h2>
        {note !== undefined && <span className={css.meta}>{note}</span>}
        {action !== undefined && <div className={css.end}>{action}</div>}
      </div>
      {children}
    </section>
  );
}
