import { describe, expect, test } from "vitest";
import { decode, viewOf } from "./formats";

describe("how a document is shown", () => {
  test.each([
    ["application/pdf", "pdf"],
    ["image/heic", "picture"],
    ["image/svg+xml", "text"],
    ["text/html", "text"],
    ["application/json", "text"],
    ["application/xhtml+xml", "text"],
    ["text/markdown", "markdown"],
    ["text/csv", "table"],
    ["video/mp4", "film"],
    ["audio/ogg", "sound"],
    ["application/vnd.oasis.opendocument.spreadsheet", "office"],
    ["application/vnd.openxmlformats-officedocument.presentationml.presentation", "office"],
    ["application/msword", "office"],
    ["application/zip", "none"],
    ["application/octet-stream", "none"],
  ])("%s: %s", (media_type, view) => {
    expect(viewOf({ media_type })).toBe(view);
  });
});

describe("text in the encoding that it is in", () => {
  const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
  test("UTF-8, also cut inside a character", () => {
    expect(decode(new TextEncoder().encode("préfecture").buffer)).toBe("préfecture");
    expect(decode(bytes(0x61, 0xc3))).toBe("a");
  });
  test("what Windows wrote", () => {
    expect(decode(bytes(0x70, 0x72, 0xe9, 0x66, 0x80))).toBe("préf€");
  });
  test("UTF-16 by its mark", () => {
    expect(decode(bytes(0xff, 0xfe, 0xe9, 0x00))).toBe("é");
  });
});
