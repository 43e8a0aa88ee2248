/** The folders of a tree on its way: each is made once, when its first file needs it; one that is there is used. */
import { newId } from "../../../shared/lib/ids";
import { createFolder } from "../api";

export interface Place {
  workspaceId: string;
  parentId: string | null;
  folder: string;
}

const made = new Map<string, Promise<string | null>>();
const beside = new Set<string>();
const ids = new Map<string, string>();

const key = ({ workspaceId, parentId, folder }: Place): string => `${workspaceId}/${parentId ?? ""}/${folder}`;

/** Which folder of the tree could not be made, and why. */
export class PlaceRefused extends Error {
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super("place_refused", { cause });
    this.folder = folder;
  }
}

export function placeOf(place: Place): Promise<string | null> {
  if (place.folder === "") return Promise.resolve(place.parentId);
  const name = key(place);
  let found = made.get(name);
  if (!found) {
    found = make(place, name);
    made.set(name, found);
    found.catch(() => made.delete(name)); // asked again by whoever is tried again
  }
  return found;
}

async function make(place: Place, name: string): Promise<string> {
  const cut = place.folder.lastIndexOf("/");
  const parent_id = await placeOf({ ...place, folder: cut < 0 ? "" : place.folder.slice(0, cut) });
  const id = ids.get(name) ?? newId();
  ids.set(name, id);
  try {
    const on_conflict = beside.has(name) ? "keep_both" : "reuse";
    return (await createFolder(place.workspaceId, { id, name: place.folder.slice(cut + 1), parent_id, on_conflict })).id;
  } catch (cause) {
    throw new PlaceRefused(place.folder, cause);
  }
}

/** The name of this folder is taken by a document: it gets a number. */
export function keepBeside(place: Place): void {
  beside.add(key(place));
}

/** A new drop looks at the folders that are there again. */
export function forgetPlaces(): void {
  made.clear();
  beside.clear();
  ids.clear();
}
