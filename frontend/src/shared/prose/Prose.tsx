import { useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMe } from "../session/session";
import { isOurs, type Named, render } from "./markdown";
import css from "./Prose.module.css";
import { useTitles } from "./useTitles";

/** A text of somebody as people see it: safe HTML from its source. Links inside Plano stay in this page. */
export function Prose({ text, mentions }: { text: string; mentions: readonly Named[] }): React.JSX.Element {
  const me = useMe();
  const router = useRouter();
  const titles = useTitles(text);
  const html = useMemo(() => render(text, mentions, me.id, titles), [text, mentions, me.id, titles]);
  const stay = (event: React.MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isOurs(link.href)) return;
    const { pathname, search, hash } = new URL(link.href);
    if (!/^\/(?:w\/|$)/.test(pathname)) return;
    event.preventDefault();
    router.history.push(pathname + search + hash);
  };
  return (
    // the links inside are the controls; this only keeps them in the page
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div className={css.prose} onClick={stay} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
