import { useRef, useState } from "react";
import { type Dropped, readDrop } from "../lib/dropped";
import { preparing } from "../lib/uploads";

interface Drop {
  over: boolean;
  props: {
    onDragEnter: (event: React.DragEvent) => void;
    onDragOver: (event: React.DragEvent) => void;
    onDragLeave: (event: React.DragEvent) => void;
    onDrop: (event: React.DragEvent) => void;
  };
}

const hasFiles = (event: React.DragEvent): boolean => event.dataTransfer.types.includes("Files");

/** A region onto which files and folders of the computer fall. */
export function useDrop(enabled: boolean, onFiles: (dropped: Dropped) => void): Drop {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const stop = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return {
    over,
    props: {
      onDragEnter: (event) => {
        if (!enabled || !hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault(); // else the browser would open the file in place of the page
        event.dataTransfer.dropEffect = enabled ? "copy" : "none";
      },
      onDragLeave: (event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) stop();
      },
      onDrop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        stop();
        if (!enabled) return;
        preparing.set(preparing.get() + 1); // thousands take a while
        void readDrop(event.dataTransfer)
          .then(onFiles)
          .finally(() => preparing.set(preparing.get() - 1));
      },
    },
  };
}
