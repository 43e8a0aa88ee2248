import { QueryClient } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from "@tanstack/react-router";
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ring } from "../live/ring";
import type { Frame } from "../live/frames";
import { renderWithApp } from "../testing/render";
import { folds } from "./asking";
import { LinkCards } from "./LinkCards";
import { Prose } from "./Prose";

const here = window.location.origin;
const idOf = (n: number): string => `01a20895-6239-7929-855f-72d521f2de0${n}`;
const task = (n: number): string => `${here}/w/x/taches?tache=${idOf(n)}`;
const doc = (n: number): string => `${here}/w/x/documents?doc=${idOf(n)}`;
const NOTHING = { place: null, shape: "", status: "", inside: "", within: [], at: null, day: null, hour: null, author: "", media_type: "", size: null, picture: null };
const TASK = { ...NOTHING, kind: "tasks.task", title: "Signer", status: "open", day: "2020-01-02" };
const NOTE = { ...NOTHING, kind: "documents.node", title: "Note.pdf", shape: "document", size: 1400, media_type: "application/pdf", picture: "/api/v1/picture", within: [idOf(9)] };

type Item = typeof TASK | typeof NOTE;
/** A server that knows these things, for whoever asks. */
function serves(known: Map<string, Item>): ReturnType<typeof vi.fn<(request: Request) => Promise<Response>>> {
  const fetched = vi.fn((request: Request) => {
    const { searchParams } = new URL(request.url);
    const items = searchParams.getAll("id").flatMap((id) => (known.has(id) ? [{ id, ...known.get(id) }] : []));
    return Promise.resolve(Response.json({ items }));
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

function show(ui: React.ReactNode, cache: QueryClient): ReturnType<typeof renderWithApp> {
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return renderWithApp(<RouterContextProvider router={router}>{ui}</RouterContextProvider>, { cache });
}
const fresh = (): QueryClient => new QueryClient({ defaultOptions: { queries: { retry: false } } });

afterEach(() => vi.unstubAllGlobals());

it("asks once for all that is shown, and says nothing of what one does not see", async () => {
  const fetched = serves(new Map<string, Item>([[idOf(1), TASK], [idOf(2), NOTE]]));
  const text = `${task(1)} ${doc(2)} ${doc(3)} ${task(1)}`;
  await show(<><Prose text={text} /><LinkCards text={text} /></>, fresh());
  const list = screen.getByRole("list", { name: "3 liens de ce texte" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(3); // each has its place before the answer
  expect(await within(list).findByRole("link", { name: /Signer.*En retard.*Tâche/ })).toHaveAttribute("href", task(1));
  expect(within(list).getByRole("link", { name: /Note\.pdf.*PDF · 1,4/ }).querySelector("img")).toHaveAttribute("src", "/api/v1/picture");
  const hidden = within(list).getByText("Élément que vous ne pouvez pas ouvrir").closest("li");
  expect(hidden?.innerHTML).not.toContain(idOf(3));
  expect(within(list).getAllByRole("link")).toHaveLength(2);
  expect(screen.getAllByRole("link", { name: "Tâche · Signer" })).toHaveLength(2);
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("leads there all the same when the server does not answer, and keeps its place", async () => {
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(Response.json({ code: "unavailable" }, { status: 503 }))));
  await show(<><Prose text={task(1)} /><LinkCards text={task(1)} /></>, fresh());
  expect(await screen.findByText("Pas de réponse du serveur")).toBeVisible();
  expect(screen.getByRole("link", { name: "Tâche" })).toHaveAttribute("href", task(1));
});

it("asks for fifty of hundreds of links, and counts them all", async () => {
  const fetched = serves(new Map());
  const text = Array.from({ length: 200 }, (_, n) => `${here}/w/x/taches?tache=${idOf(1).slice(0, -3)}${String(100 + n)}`).join(" ");
  await show(<><Prose text={text} /><LinkCards text={text} /></>, fresh());
  expect(await screen.findByText("et 197 autres liens")).toBeVisible();
  await waitFor(() => expect(screen.getAllByRole("link", { name: "Élément que vous ne pouvez pas ouvrir" })).toHaveLength(50));
  expect(screen.getAllByRole("link", { name: "Tâche" })).toHaveLength(150);
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("shortens a long title in the middle of a text", async () => {
  serves(new Map([[idOf(1), { ...TASK, title: "😀".repeat(100) }]]));
  await show(<Prose text={task(1)} />, fresh());
  expect(await screen.findByRole("link", { name: `Tâche · ${"😀".repeat(71)}…` })).toBeVisible();
});

it("shows three, counts the others, leaves out what is there already, and code", async () => {
  serves(new Map());
  await show(<LinkCards text={`${task(1)} ${task(2)} ${task(3)} ${task(4)} ${task(5)} ${task(6)} \`${task(7)}\``} but={[idOf(2)]} />, fresh());
  await waitFor(() => expect(screen.getAllByText("Élément que vous ne pouvez pas ouvrir")).toHaveLength(3));
  expect(screen.getByText("et 2 autres liens")).toBeVisible();
});

it("shows a hostile title as the letters it is made of", async () => {
  serves(new Map([[idOf(1), { ...TASK, title: "<img src=x onerror=alert(1)>\u202egnp" }]]));
  await show(<LinkCards text={task(1)} />, fresh());
  const name = await screen.findByText(/<img src=x/);
  expect(name.tagName).toBe("BDI");
  expect(document.querySelector("img")).toBeNull();
});

it("follows a new state, and forgets the title at once when the right, the thing or its folder goes", async () => {
  const known = new Map<string, Item>([[idOf(1), TASK], [idOf(2), NOTE]]);
  const fetched = serves(known);
  const cache = fresh();
  await show(<LinkCards text={`${task(1)} ${doc(2)}`} />, cache);
  await screen.findByText("Signer");
  known.set(idOf(1), { ...TASK, status: "done" });
  act(() => folds["tasks.task"].changed(cache, { id: idOf(1) }));
  await screen.findByText("Tâche · Terminée");

  // withdrawn: gone before the server has answered again
  fetched.mockImplementation(() => new Promise(() => undefined));
  act(() => folds["documents.node"].removed(cache, { id: idOf(9), parent_id: null }));
  await waitFor(() => expect(screen.queryByText("Note.pdf")).toBeNull());
  expect(document.querySelector("img")).toBeNull();
  act(() => folds["live.scopes"].changed(cache, { workspace_id: "w", gained: [], lost: ["s"] }));
  await waitFor(() => expect(screen.queryByText("Signer")).toBeNull());
});

it("asks again when it heard of the thing while the answer was on its way", async () => {
  const known = new Map<string, Item>([[idOf(1), TASK]]);
  const fetched = serves(known);
  const first = fetched.getMockImplementation();
  fetched.mockImplementationOnce(async (request) => {
    const stale = await first?.(request);
    known.clear();
    ring.push({ type: "frame", scope: "me", seq: 1, kind: "live.scopes", op: "changed", data: { workspace_id: "w", gained: [], lost: ["s"] } } as Frame);
    return stale ?? Response.error();
  });
  await show(<LinkCards text={task(1)} />, fresh());
  expect(await screen.findByText("Élément que vous ne pouvez pas ouvrir")).toBeVisible();
  expect(fetched).toHaveBeenCalledTimes(2);
});
