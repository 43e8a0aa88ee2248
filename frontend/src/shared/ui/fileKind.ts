export type FileKind =
  | "folder" | "text" | "sheet" | "slides" | "pdf" | "image" | "audio" | "video" | "archive" | "code" | "markdown" | "mail" | "other";

const BY_ENDING: Record<string, FileKind> = {
  odt: "text", doc: "text", docx: "text", rtf: "text", txt: "text", ods: "sheet", xls: "sheet", xlsx: "sheet", csv: "sheet",
  odp: "slides", ppt: "slides", pptx: "slides", pdf: "pdf", zip: "archive", tar: "archive", gz: "archive", "7z": "archive", rar: "archive",
  md: "markdown", eml: "mail", msg: "mail", json: "code", xml: "code", html: "code", css: "code", js: "code", py: "code", sql: "code",
  png: "image", jpg: "image", jpeg: "image", gif: "image", webp: "image", svg: "image", heic: "image", tif: "image", tiff: "image",
  mp3: "audio", ogg: "audio", wav: "audio", m4a: "audio", mp4: "video", webm: "video", mov: "video", mkv: "video",
};

const BY_TYPE: readonly (readonly [RegExp, FileKind])[] = [
  [/^image\//, "image"],
  [/^audio\//, "audio"],
  [/^video\//, "video"],
  [/pdf$/, "pdf"],
  [/spreadsheet|excel|csv/, "sheet"],
  [/presentation|powerpoint/, "slides"],
  [/opendocument\.text|wordprocessing|msword|rtf/, "text"],
  [/markdown/, "markdown"],
  [/zip|tar|compressed/, "archive"],
  [/^message\//, "mail"],
  [/json|xml|html/, "code"],
  [/^text\//, "text"],
];

export function fileKind(name: string, mediaType: string | null = null): FileKind {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return BY_ENDING[ending] ?? BY_TYPE.find(([pattern]) => mediaType !== null && pattern.test(mediaType))?.[1] ?? "other";
}
