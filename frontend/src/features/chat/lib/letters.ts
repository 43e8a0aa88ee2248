/** Whether single letters are shortcuts in a list of messages: each person may switch them off (WCAG 2.1.4). */
import { Store } from "../../../shared/live/store";

const KEY = "plano.chat.letters";

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // a browser without storage
  }
}

export const letters = new Store(kept());

export function setLetters(on: boolean): void {
  letters.set(on);
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // it holds until the page is closed
  }
}
