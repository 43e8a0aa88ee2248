import { expect, it } from "vitest";
import { foldersOf, fromFiles, readDrop } from "./dropped";

type Tree = { [name: string]: Tree | string };

function entry(name: string, content: Tree | string): FileSystemEntry {
  if (typeof content === "string") {
    return { name, isFile: true, isDirectory: false, file: (done: (file: File) => void) => done(new File([content], name)) } as unknown as FileSystemEntry;
  }
  const batches = [Object.entries(content).slice(0, 1), Object.entries(content).slice(1), []].filter((batch, index) => index === 2 || batch.length > 0);
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => ({
      readEntries: (done: (found: FileSystemEntry[]) => void) => done((batches.shift() ?? []).map(([inner, value]) => entry(inner, value))),
    }),
  } as unknown as FileSystemEntry;
}

const drop = (tree: Tree): DataTransfer =>
  ({
    items: Object.entries(tree).map(([name, value]) => ({ kind: "file", webkitGetAsEntry: () => entry(name, value) })),
    files: [],
  }) as unknown as DataTransfer;

it("reads whole folders, batch after batch, empty ones too", async () => {
  const found = await readDrop(drop({ "note.txt": "x", A: { "1.txt": "1", B: { "2.txt": "2" }, Vide: {} } }));
  expect(found.files.map((one) => [one.folder, one.file.name])).toEqual([
    ["", "note.txt"],
    ["A", "1.txt"],
    ["A/B", "2.txt"],
  ]);
  expect(foldersOf(found)).toEqual(["A", "A/B", "A/Vide"]);
});

it("makes parents before children from the paths of a chosen folder", () => {
  const file = new File(["x"], "c.txt");
  Object.defineProperty(file, "webkitRelativePath", { value: "A/B/c.txt" });
  expect(foldersOf(fromFiles([file]))).toEqual(["A", "A/B"]);
});
