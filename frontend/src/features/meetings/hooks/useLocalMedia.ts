import { useEffect, useState } from "react";
import { Store } from "../../../shared/live/store";
import { LocalMedia } from "../call/local";
import { useStore } from "./useStore";

/** The microphone and camera of this page, from the preparation to the end of the call. */
export function useLocalMedia(wanted: boolean): LocalMedia | null {
  const [held] = useState(() => new Store<LocalMedia | null>(null));
  useEffect(() => {
    if (!wanted) return undefined;
    const opened = new LocalMedia();
    held.set(opened);
    void opened.start();
    return () => {
      opened.stop();
      held.set(null);
    };
  }, [wanted, held]);
  return useStore(held);
}
