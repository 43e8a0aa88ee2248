import { useMemo } from "react";
import { useMe } from "../session/session";
import { cx } from "../ui/cx";
import { type Named, plain, render } from "./markdown";
import css from "./Prose.module.css";
import { useStay } from "./useStay";
import { useTitles } from "./useTitles";

const NOBODY: readonly Named[] = [];

/** A text of somebody as people see it: safe HTML from its source. Links inside Plano stay in this page. */
export function Prose({ text, mentions = NOBODY, small = false }: { text: string; mentions?: readonly Named[]; small?: boolean }): React.JSX.Element {
  const me = useMe();
  const stay = useStay();
  const titles = useTitles(text);
  const html = useMemo(() => render(text, mentions, me.id, titles), [text, mentions, me.id, titles]);
  return (
    // the links inside are the controls; this only keeps them in the page
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div className={cx(css.prose, small && css.small)} onClick={stay} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** Its words alone, on one line, with the titles of what it links to. */
export function OneLine({ text }: { text: string }): React.JSX.Element {
  const titles = useTitles(text);
  return <>{useMemo(() => plain(text, titles), [text, titles])}</>;
}
