import { useEffect, useRef, useState } from "react";
import { currentLanguage } from "../../../shared/i18n";

const carriesFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;

/** A picture from the clipboard has no name of its own: it gets the moment. */
export function namedCapture(file: File, at: Date, language: "fr" | "en"): File {
  if (!/^image\.(png|jpe?g|gif|webp|bmp)$/i.test(file.name)) return file;
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const name = `${language === "fr" ? "Capture" : "Screenshot"} ${day} ${time}${file.name.slice(file.name.lastIndexOf(".")).toLowerCase()}`;
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}

/** Files that are pasted into the field, or dropped anywhere on the conversation around it. */
export function useDropped(add: ((files: readonly File[]) => void) | null): {
  zone: React.RefObject<HTMLDivElement | null>;
  dropping: boolean;
  paste: (event: React.ClipboardEvent) => void;
} {
  const zone = useRef<HTMLDivElement>(null);
  const [dropping, setDropping] = useState(false);
  const taken = useRef(add);
  useEffect(() => {
    taken.current = add;
  }, [add]);
  const may = add !== null;
  useEffect(() => {
    const place = zone.current?.closest<HTMLElement>("[data-talk]");
    if (!place || !may) return undefined;
    let timer = 0;
    const end = (): void => {
      window.clearTimeout(timer);
      setDropping(false);
    };
    const over = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setDropping(true);
      window.clearTimeout(timer);
      timer = window.setTimeout(end, 300); // nothing tells that a drag has left
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      end();
      // a folder has no size and no type: it is put into the library itself
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.());
      taken.current?.([...(event.dataTransfer?.files ?? [])].filter((_, at) => entries[at]?.isDirectory !== true));
    };
    place.addEventListener("dragover", over);
    place.addEventListener("drop", drop);
    return () => {
      end();
      place.removeEventListener("dragover", over);
      place.removeEventListener("drop", drop);
    };
  }, [may]);
  const paste = (event: React.ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    // a table copied from an office program comes with a picture of itself: its words are meant
    if (add === null || files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    const at = new Date();
    add(files.map((file) => namedCapture(file, at, currentLanguage())));
  };
  return { zone, dropping, paste };
}
