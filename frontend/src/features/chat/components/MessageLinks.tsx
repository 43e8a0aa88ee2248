import { useMemo } from "react";
import { LinkCards } from "../../../shared/prose/LinkCards";
import type { Message } from "../api";

/** What a message links to, without what it shows anyway: its files and what was made of it. */
export function MessageLinks({ message, tabIndex }: { message: Message; tabIndex: number }): React.JSX.Element | null {
  const { files, made } = message;
  const but = useMemo(() => [...files, ...made.map(({ id }) => id)], [files, made]);
  return <LinkCards text={message.text} but={but} tabIndex={tabIndex} />;
}
