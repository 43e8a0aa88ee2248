/** Files and whole folders that were dropped or chosen, empty folders too. */

export interface Dropped {
  files: { file: File; folder: string }[];
  /** Every folder by its path, empty ones included. */
  folders: string[];
  /** What the system did not let the browser read. */
  unreadable: { name: string; folder: string }[];
}

/** Reads what was dropped. Must be called in the event: the browser forgets the items afterwards. */
export function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return Promise.resolve(fromFiles([...transfer.files]));
  const found: Dropped = { files: [], folders: [], unreadable: [] };
  return Promise.all(entries.map((entry) => walk(entry, "", found))).then(() => found);
}

async function walk(entry: FileSystemEntry, folder: string, found: Dropped): Promise<void> {
  try {
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
      await Promise.all(some.map((inner) => walk(inner, path, found)));
    }
  } catch {
    found.unreadable.push({ name: entry.name, folder });
  }
}

/** Chosen in a dialog; a folder chosen there says its path in each file. */
export function fromFiles(files: readonly File[]): Dropped {
  return {
    files: files.map((file) => ({ file, folder: file.webkitRelativePath.split("/").slice(0, -1).join("/") })),
    folders: [],
    unreadable: [],
  };
}

/** Folders that no file and no other folder is below: nothing else would make them. */
export function emptyFolders({ files, folders }: Dropped): string[] {
  const above = new Set<string>();
  const add = (path: string): void => {
    for (let at = path; at !== "" && !above.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) above.add(at);
  };
  for (const { folder } of files) add(folder);
  for (const folder of folders) add(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
  return folders.filter((folder) => !above.has(folder));
}
