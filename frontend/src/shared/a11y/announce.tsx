import { useSyncExternalStore } from "react";
import { Store } from "../live/store";

const said = new Store("");
/** Long enough to be read out; then it is gone, so that nobody finds words there that were taken back since. */
const KEPT = 8000;
let forgetting: ReturnType<typeof setTimeout> | undefined;

/** Says a sentence to screen readers, politely. */
export function announce(sentence: string): void {
  // the same sentence twice must be heard twice
  said.set(said.get() === sentence ? `${sentence}\u200b` : sentence);
  clearTimeout(forgetting);
  forgetting = setTimeout(() => said.set(""), KEPT);
}

export function Announcer(): React.JSX.Element {
  const sentence = useSyncExternalStore(said.subscribe, said.get);
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">
      {sentence}
    </div>
  );
}
