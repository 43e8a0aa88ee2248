const FLOATING = "[role=dialog], [role=menu], [role=listbox], [role=alertdialog], [role=tooltip]";

/**
 * A dialog that is taken away gives the focus back to what had it before: the row, the button, the field. Without this
 * a keyboard begins again at the top of the page. Where something else has taken it meanwhile, nothing is done.
 */
export function giveFocusBack(): () => void {
  let before: HTMLElement | null = null;
  let inside = false;
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    inside = target.closest(FLOATING) !== null;
    if (!inside) before = target;
  };
  const watcher = new MutationObserver((changes) => {
    if (!inside || !changes.some((change) => change.removedNodes.length > 0) || !isLost()) return;
    setTimeout(() => {
      if (isLost() && document.querySelector("[role=dialog], [role=alertdialog]") === null && before?.isConnected) before.focus();
    }, 20);
  });
  document.addEventListener("focusin", note);
  watcher.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", note);
    watcher.disconnect();
  };
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
