import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import { captureName, pastedFiles } from "./pasted";

const file = (name: string, type: string): File => new File(["x"], name, { type });
const clipboard = (files: File[], text = ""): Pick<DataTransfer, "files" | "getData"> => ({ files: files as unknown as FileList, getData: () => text });
const t = ((_: string, { day, hours, minutes }: Record<string, string>) => `Capture du ${day} à ${hours} h ${minutes}`) as unknown as TFunction<"documents">;

it("names a picture of the screen, and leaves their names to files", () => {
  expect(pastedFiles(clipboard([file("image.png", "image/png")]), () => "Capture").map((one) => one.name)).toEqual(["Capture.png"]);
  expect(pastedFiles(clipboard([file("Plan du site.png", "image/png")]), () => "Capture")[0]?.name).toBe("Plan du site.png");
  expect(pastedFiles(clipboard([file("a.odt", ""), file("image.png", "image/png")]), () => "Capture").map((one) => one.name)).toEqual(["a.odt", "image.png"]);
});

it("leaves a piece of a sheet alone, of which the clipboard holds a picture too", () => {
  expect(pastedFiles(clipboard([file("image.png", "image/png")], "12\t13"), () => "Capture")).toEqual([]);
  expect(pastedFiles(clipboard([], "des mots"), () => "Capture")).toEqual([]);
});

it("numbers the second capture of a minute", () => {
  const at = new Date("2026-11-23T18:30:00Z");
  const name = captureName(at, [], t);
  expect(name).toMatch(/^Capture du \S+\s\S+ 2026 à \d\d h 30$/u);
  expect(captureName(at, [`${name}.png`], t)).toBe(`${name} (2)`);
  expect(captureName(at, [`${name}.png`, `${name} (2).png`], t)).toBe(`${name} (3)`);
});
