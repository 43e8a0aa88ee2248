import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { MeContext, type Me } from "../../../shared/session/session";
import { PanelProvider, PanelRegion } from "../../../shared/ui/panel";
import { type Channel, keys, laterKeys } from "../api";
import { message } from "../lib/testing";
import { ThreadPanel } from "./ThreadPanel";

const me: Me = {
  id: "me", identifier: "alice", email: null, name: "Alice Martin", language: "fr", time_zone: "Europe/Paris", is_admin: false,
  avatar_url: null, color: 1, version: 1,
};
const channel = {
  id: "c", workspace_id: "w", kind: "channel", name: "general", archived_at: null,
  mine: { abilities: { own: {}, others: {}, reply: false, post: false, react: false } },
} as unknown as Channel; // what the panel reads of it
const root = message(1, { id: "root", reply_count: 150 });
const reply = (seq: number) => message(seq, { thread_id: "root", text: `réponse ${seq}` });

let asked: string[];

function panel(): void {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  cache.setQueryData(keys.timeline("c"), { items: [root], older: null, newer: null });
  cache.setQueryData(keys.thread("c", "root"), { items: [reply(60), reply(61)], older: "60", newer: null });
  cache.setQueryData(keys.members("c"), { items: [] });
  cache.setQueryData(keys.workspaceMembers("w"), { items: [] });
  cache.setQueryData(keys.unread, { items: [] });
  cache.setQueryData(laterKeys.wishes, { send_key: "enter", return_to: "unread", version: 1 });
  render(
    <QueryClientProvider client={cache}>
      <MantineProvider>
        <MeContext.Provider value={me}>
          <PanelProvider>
            <PanelRegion />
            <ThreadPanel channel={channel} rootId="root" onClose={() => undefined} focusTitle={false} />
          </PanelProvider>
        </MeContext.Provider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  asked = [];
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(`${request.method} ${request.url.replace(/^.*\/v1/, "")}`);
    if (!request.url.includes("/messages?")) return Promise.reject(new TypeError("no network in this test"));
    return Promise.resolve(Response.json({ items: [reply(11), reply(10)], next: null, newer: null }));
  });
});

it("brings the first answers of a long thread, and the focus stays where one was", async () => {
  panel();
  await userEvent.click(screen.getByRole("button", { name: "thread.older" }));
  expect(await screen.findByText("réponse 10")).toBeInTheDocument();
  expect(asked.some((one) => one.startsWith("GET") && one.includes("before=60") && one.includes("thread_id=root"))).toBe(true);
  expect(screen.queryByRole("button", { name: "thread.older" })).toBeNull();
  await waitFor(() => expect(document.activeElement).toHaveAttribute("data-message", "m60"));
});

it("reads nothing behind another window", async () => {
  const marks = (): string[] => asked.filter((one) => one.startsWith("PUT") && one.includes("/mark"));
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  panel();
  await screen.findByText("réponse 61");
  expect(marks()).toEqual([]);
  focus.mockReturnValue(true);
  window.dispatchEvent(new Event("focus"));
  await waitFor(() => expect(marks()).toHaveLength(1));
});
