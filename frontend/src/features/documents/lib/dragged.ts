/** Rows that are dragged: inside the page, and out of it onto the computer's desktop. */
import { contentUrl, type Node } from "../api";
import { archiveUrl, ticketUrl } from "../archives";

export const NODE_TYPE = "application/x-plano-node";

/** Chromium's way to let the system fetch what is dropped on it: type, name, address. Names hold no colon there. */
export function downloadOf(nodes: readonly Node[], ticket: string | null): string | null {
  const [first] = nodes;
  if (!first) return null;
  const name = first.name.replaceAll(":", " ");
  if (nodes.length > 1) return ticket === null ? null : `application/zip:${name}.zip:${ticket}`;
  if (first.kind === "folder") return `application/zip:${name}.zip:${archiveUrl(first.id)}`;
  return `${first.media_type || "application/octet-stream"}:${name}:${contentUrl(first)}`;
}

const FRESH = 40_000; // a ticket waits a minute for its download

/** Several at once are fetched by a ticket, which has to be there when the drag begins: it is asked for at the press. */
export class DragTicket {
  #key = "";
  #url: string | null = null;
  #asked = 0;

  ask(workspaceId: string, nodes: readonly Node[]): void {
    const key = nodes.map((node) => node.id).join();
    if (key === this.#key && Date.now() - this.#asked < FRESH) return;
    this.#key = key;
    this.#asked = Date.now();
    this.#url = null;
    ticketUrl(workspaceId, nodes.map((node) => node.id)).then(
      (url) => {
        if (this.#key === key) this.#url = url;
      },
      () => undefined,
    );
  }

  /** Once: a ticket is good for one download. */
  take(nodes: readonly Node[]): string | null {
    const url = this.#key === nodes.map((node) => node.id).join() ? this.#url : null;
    this.#key = "";
    this.#url = null;
    return url;
  }
}

/** Whether something that was dragged out of the window could have been taken there. Firefox and Safari cannot. */
export const canDragOut = (): boolean => "chrome" in window || navigator.userAgent.includes("Chrome/");
