/** What a person calls a channel: its name, or the other person of a conversation. */
import type { Channel } from "../api";

export function titleOf(channel: Channel, me: string): string {
  if (channel.kind !== "conversation") return channel.name;
  return channel.people.filter((one) => one.id !== me).map((one) => one.name).join(", ");
}

export function byTitle(me: string): (a: Channel, b: Channel) => number {
  return (a, b) => titleOf(a, me).localeCompare(titleOf(b, me), "fr");
}
