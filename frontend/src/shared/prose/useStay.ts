import { useRouter } from "@tanstack/react-router";
import { isOurs } from "./references";

/** A click on a link inside Plano opens it in this page; with Ctrl, Maj or ⌘ the browser does as it likes. */
export function useStay(): (event: React.MouseEvent) => void {
  const router = useRouter();
  return (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isOurs(link.href)) return;
    const { pathname, search, hash } = new URL(link.href);
    if (!/^\/(?:w\/|$)/.test(pathname)) return;
    event.preventDefault();
    router.history.push(pathname + search + hash);
  };
}
