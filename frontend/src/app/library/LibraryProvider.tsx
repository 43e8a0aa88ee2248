/** The library for the other rooms, composed here: Discussions does not know Documents. */
import { lazy, Suspense, useMemo } from "react";
import { loadWords } from "../../shared/i18n";
import { type Library, LibraryContext } from "../../shared/library/context";
import { useWorkspace } from "../../shared/session/session";
import { patient } from "../../shared/live/patient";
import css from "./Library.module.css";

const Carried = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/documents/components/CarriedFiles"), loadWords("files"), loadWords("documents")]);
  return file;
}));
const Named = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/documents/components/NamedFile"), loadWords("files")]);
  return file;
}));
const Picker = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/documents/components/NodePicker"), loadWords("files")]);
  return file;
}));

/** The place of what is being fetched, so that nothing jumps when it comes. */
function Boxes({ ids }: { ids: readonly string[] }): React.JSX.Element {
  return (
    <div className={css.boxes} aria-hidden="true">
      {ids.map((id) => (
        <span key={id} className={css.box} />
      ))}
    </div>
  );
}

const pieces: Omit<Library, "workspaceId"> = {
  uploader: async () => (await import("../../features/documents/lib/attaching")).uploader,
  copyTo: async (channelId, nodeId) => (await import("../../features/documents/lib/attaching")).copyTo(channelId, nodeId),
  Carried: (props) => (
    <Suspense fallback={<Boxes ids={props.ids} />}>
      <Carried {...props} />
    </Suspense>
  ),
  Named: (props) => (
    <Suspense fallback={null}>
      <Named {...props} />
    </Suspense>
  ),
  Picker: (props) => (
    <Suspense fallback={null}>
      <Picker {...props} />
    </Suspense>
  ),
};

export function LibraryProvider({ children }: { children: React.ReactNode }): React.JSX.Element {
  const { id, rooms } = useWorkspace();
  const on = rooms.includes("documents");
  const value = useMemo(() => (on ? { ...pieces, workspaceId: id } : null), [on, id]);
  return <LibraryContext.Provider value={value}>{children}</LibraryContext.Provider>;
}
