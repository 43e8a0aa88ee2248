import { useState } from "react";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { useUploads } from "../hooks/useUploads";
import { ConflictDialog } from "./ConflictDialog";
import { UploadTray } from "./UploadTray";

/** The tray, and the question of a name that is taken. Apart from the page, which is not drawn again for each of them. */
export function Uploads(): React.JSX.Element {
  const me = useMe();
  const workspace = useWorkspace();
  const { mine, preparing } = useUploads(workspace.id, me.id);
  const conflicts = mine.filter((line) => line.state === "conflict");
  const pending = mine.filter((line) => line.state === "waiting" || line.state === "sending");
  const [asked, setAsked] = useState<string | null>(null);
  // the question that is open stays, whichever comes meanwhile: nobody answers another than the one they read
  const first = conflicts.find((line) => line.id === asked) ?? conflicts[0];
  if (first && first.id !== asked) setAsked(first.id);
  return (
    <>
      <UploadTray lines={mine} preparing={preparing} />
      {first && <ConflictDialog key={`${first.id} ${first.code ?? ""}`} line={first} others={conflicts.length - 1} more={conflicts.length + pending.length > 1} />}
    </>
  );
}
