/** What Ctrl+V brings: files that were copied on the computer, or a picture of its screen. */
import type { TFunction } from "i18next";
import { clock, dayKey, shortDay } from "../../../shared/lib/dates";

/** A browser calls every picture of the clipboard so. */
const NAMELESS = /^image\.(png|jpe?g|bmp|gif|webp)$/i;

/** `name` is asked for when the clipboard holds a picture without a name of its own. */
export function pastedFiles(clipboard: Pick<DataTransfer, "files" | "getData">, name: () => string): File[] {
  const files = [...clipboard.files];
  const [only] = files;
  if (files.length !== 1 || !only?.type.startsWith("image/") || !NAMELESS.test(only.name)) return files;
  if (clipboard.getData("text/plain") !== "") return []; // a piece of a text or a sheet, with its picture beside it
  const type = only.type;
  const ending = type === "image/jpeg" ? "jpg" : (type.split("/")[1] ?? "png");
  return [new File([only], `${name()}.${ending}`, { type, lastModified: Date.now() })];
}

/** « Capture du 23 nov. 2026 à 19 h 30 », and the next number when that is taken: no colon, which Windows refuses. */
export function captureName(at: Date, taken: readonly string[], t: TFunction<"documents">): string {
  const [hours, minutes] = clock(at).split(":");
  const name = t("capture.name", { day: `${shortDay(at)} ${dayKey(at).slice(0, 4)}`, hours, minutes });
  const inUse = (candidate: string): boolean => taken.some((one) => one.normalize("NFC").startsWith(`${candidate}.`));
  if (!inUse(name)) return name;
  let count = 2;
  while (inUse(`${name} (${count})`)) count += 1;
  return `${name} (${count})`;
}
