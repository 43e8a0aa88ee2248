/** Files and whole folders that were dropped or chosen, empty folders too. */

export interface Dropped {
  files: { file: File; folder: string }[];
  /** Every folder by its path, empty ones included. */
  folders: string[];
}

/** Reads what was dropped. Must be called in the event: the browser forgets the items afterwards. */
export function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return Promise.resolve(fromFiles([...transfer.files]));
  const found: Dropped = { files: [], folders: [] };
  return Promise.all(entries.map((entry) => walk(entry, "", found))).then(() => found);
}

async function walk(entry: FileSystemEntry, folder: string, found: Dropped): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.files.push({ file, folder });
    return;
  }
  const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
  found.folders.push(path);
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, path, found);
  }
}

/** Chosen in a dialog; a folder chosen there says its path in each file. */
export function fromFiles(files: readonly File[]): Dropped {
  return {
    files: files.map((file) => ({ file, folder: file.webkitRelativePath.split("/").slice(0, -1).join("/") })),
    folders: [],
  };
}

/** All folders to make, parents before children. */
export function foldersOf({ files, folders }: Dropped): string[] {
  const all = new Set<string>();
  for (const path of [...folders, ...files.map((one) => one.folder)]) {
    const parts = path.split("/").filter((part) => part !== "");
    for (let count = 1; count <= parts.length; count += 1) all.add(parts.slice(0, count).join("/"));
  }
  return [...all].sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
}
