import type { Node } from "../api";

export type View = "picture" | "pdf" | "office" | "film" | "sound" | "markdown" | "table" | "text" | "none";

const OFFICE = /opendocument\.(text|spreadsheet|presentation)$|officedocument\.|msword|ms-(word|excel|powerpoint)|^application\/rtf$/;
const CODE = /^text\/|\/(json|xml|javascript|mathml\+xml|xhtml\+xml|x-yaml)$|svg\+xml$|^message\/rfc822$/;

/** How a document is shown; what is a page or a drawing that could run is shown as its source. */
export function viewOf({ media_type: type }: Pick<Node, "media_type">): View {
  if (type === "application/pdf") return "pdf";
  if (type === "text/markdown") return "markdown";
  if (type === "text/csv") return "table";
  if (CODE.test(type)) return "text";
  if (type.startsWith("image/")) return "picture";
  if (type.startsWith("video/")) return "film";
  if (type.startsWith("audio/")) return "sound";
  return OFFICE.test(type) ? "office" : "none";
}

/** Text in the encoding that it is in: UTF-8, UTF-16 by its mark, else what Windows wrote. A cut end is no error. */
export function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
