import { useLibrary } from "../../../shared/library/context";
import type { Message } from "../api";

/** What a message carries. Where the library is switched off nothing of it can be read. */
export function MessageFiles({ message, tabIndex }: { message: Message; tabIndex: number }): React.JSX.Element | null {
  const library = useLibrary();
  if (library === null || message.files.length === 0 || message.deleted_at !== null) return null;
  return <library.Carried ids={message.files} tabIndex={tabIndex} />;
}
