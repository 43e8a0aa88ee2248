import { expect, it } from "vitest";
import { emptyFolders, fromFiles, readDrop } from "./dropped";

type Tree = { [name: string]: Tree | string };

function entry(name: string, content: Tree | string): FileSystemEntry {
  if (typeof content === "string") {
    return { name, isFile: true, isDirectory: false, file: (done: (file: File) => void, fail: () => void) => (name.startsWith("!") ? fail() : done(new File([content], name))) } as unknown as FileSystemEntry;
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
  expect(emptyFolders(found)).toEqual(["A/Vide"]);
});

it("keeps the paths of a chosen folder; only what nothing else would make is a folder to make", () => {
  const file = new File(["x"], "c.txt");
  Object.defineProperty(file, "webkitRelativePath", { value: "A/B/c.txt" });
  expect(fromFiles([file]).files).toEqual([{ file, folder: "A/B" }]);
  expect(emptyFolders({ ...fromFiles([file]), folders: ["A", "A/B", "A/Vide", "A/Vide/Plus bas", "Seul"] })).toEqual(["A/Vide/Plus bas", "Seul"]);
});

it("tells what could not be read and goes on with the rest", async () => {
  const found = await readDrop(drop({ A: { "1.txt": "1", "!2.txt": "2" } }));
  expect(found.files.map((one) => one.file.name)).toEqual(["1.txt"]);
  expect(found.unreadable).toEqual([{ name: "!2.txt", folder: "A" }]);
});
