import { useQuery } from "@tanstack/react-query";
import { type Wishes, wishesQuery } from "../api";

const USUAL: Pick<Wishes, "send_key" | "return_to"> = { send_key: "enter", return_to: "unread" };

/** How I like to write and to come back; the usual while it is not known, and `known` says whether to wait for it. */
export function useWishes(): Pick<Wishes, "send_key" | "return_to"> & { known: boolean } {
  const { data, isLoading } = useQuery(wishesQuery);
  const { send_key, return_to } = data ?? USUAL;
  return { send_key, return_to, known: !isLoading };
}

/** Whether this key sends: Entrée, or Ctrl Entrée where one writes with Entrée for the next line. */
export function sends(event: React.KeyboardEvent, key: Wishes["send_key"]): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  // an input method is at work, or a dead key waits for its letter
  if (event.nativeEvent.isComposing || event.keyCode === 229) return false;
  return key === "enter" || event.ctrlKey || event.metaKey;
}
