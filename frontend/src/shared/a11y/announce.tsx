import { useSyncExternalStore } from "react";
import { Store } from "../live/store";

const said = new Store("");

/** Says a sentence to screen readers, politely. */
export function announce(sentence: string): void {
  // the same sentence twice must be heard twice
  said.set(said.get() === sentence ? `${sentence}\u200b` : sentence);
}

export function Announcer(): React.JSX.Element {
  const sentence = useSyncExternalStore(said.subscribe, said.get);
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">
      {sentence}
    </div>
  );
}
