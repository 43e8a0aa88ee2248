import type { Abilities, Node } from "../api";

/** The folder of a conversation is named, moved and opened there; what lies in it is like any other. */
export function mayWith(node: Node, may: Abilities | undefined): Abilities | undefined {
  if (!may || node.access !== "conversation") return may;
  return { ...may, rename: false, move: false, delete: false, manage_access: false };
}
