import { IconHash, IconLock, IconSpeakerphone, IconUsersGroup } from "@tabler/icons-react";
import type { Channel } from "../api";

/** What kind of place it is, drawn; said in words beside it. */
export function PlaceGlyph({ channel, size, className }: { channel: Channel; size: number; className: string | undefined }): React.JSX.Element {
  const props = { className, size, stroke: 1.75, "aria-hidden": true };
  if (channel.people.length > 2) return <IconUsersGroup {...props} />;
  if (channel.announce) return <IconSpeakerphone {...props} />;
  return channel.open ? <IconHash {...props} /> : <IconLock {...props} />;
}
