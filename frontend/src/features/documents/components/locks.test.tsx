import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { sentenceFor } from "../../../shared/api/errors";
import { ApiProblem } from "../../../shared/api/problem";
import { i18next, loadWords, setLanguage, startWords } from "../../../shared/i18n";
import { type Me, MeContext } from "../../../shared/session/session";
import type { Abilities, Node } from "../api";
import { node } from "../lib/testing";
import { lockOf } from "../locks";
import { LockNote } from "./LockNote";
import { LockTag } from "./LockTag";

const me: Me = {
  id: "u", identifier: "alice", email: null, name: "Alice", language: "fr", time_zone: "Europe/Paris", is_admin: false,
  avatar_url: null, color: 1, version: 1,
};
const bruno = { id: "b", name: "Bruno", avatar_url: null, color: 2, version: 1, guest: false };
const all: Abilities = {
  rename: true, move: true, delete: true, upload: true, restore: true, purge: true, manage_access: true, break_lock: true,
};
const locked = (owner = bruno): Node =>
  node("a", { lock: { owner, reason: "Je relis", since: "2026-11-20T10:00:00Z", until: "2999-01-01T00:00:00Z", via: "web" } });

function show(one: Node, abilities: Abilities, onSaved = vi.fn()): void {
  render(
    <MantineProvider>
      <MeContext.Provider value={me}>
        <LockTag node={one} />
        <LockNote node={one} abilities={abilities} onSaved={onSaved} />
      </MeContext.Provider>
    </MantineProvider>,
  );
}

beforeAll(async () => {
  await startWords();
  await setLanguage("fr");
  await loadWords("documents");
});
afterEach(() => vi.unstubAllGlobals());

test("a lock whose time is over is nobody's", () => {
  const old = locked();
  expect(lockOf(old, Date.parse("2998-12-31T23:59:59Z"))).not.toBeNull();
  expect(lockOf(old, Date.parse("2999-01-01T00:00:01Z"))).toBeNull();
  expect(lockOf(node("a"))).toBeNull();
});

test("says who locked it and why; only a manager may end the lock of another", () => {
  show(locked(), { ...all, break_lock: false });
  expect(screen.getByText("Verrouillé par Bruno")).toBeInTheDocument();
  expect(screen.getByRole("status")).toHaveTextContent("Bruno a verrouillé cet élément");
  expect(screen.getByRole("status")).toHaveTextContent("Je relis");
  expect(screen.queryByRole("button")).toBeNull();
});

test("one's own lock has its way out, and a reader has nothing to lock with", () => {
  show(locked({ ...bruno, id: me.id, name: me.name }), { ...all, break_lock: false });
  expect(screen.getByRole("button", { name: "Déverrouiller" })).toBeInTheDocument();
});

test("a reader sees no button", () => {
  show(node("a"), { ...all, upload: false });
  expect(screen.queryByRole("button")).toBeNull();
});

test("ending the lock of another says first what it means", async () => {
  const sent: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    sent.push(request);
    return Promise.resolve(Response.json({ ...node("a"), path: [], abilities: all }));
  });
  const onSaved = vi.fn();
  show(locked(), all, onSaved);
  await userEvent.click(screen.getByRole("button", { name: "Lever le verrou…" }));
  expect(await screen.findByText(/Cette personne sera prévenue/)).toBeInTheDocument();
  expect(sent).toEqual([]);
  await userEvent.click(screen.getAllByRole("button", { name: "Lever le verrou…" }).at(-1)!);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent[0]?.method).toBe("DELETE");
});

test("locks with a reason for a time", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(await request.json());
    return Response.json({ ...locked(), path: [], abilities: all });
  });
  show(node("a"), all);
  await userEvent.click(screen.getByRole("button", { name: "Verrouiller…" }));
  await userEvent.type(await screen.findByLabelText("Pourquoi (facultatif)"), "Je relis");
  await userEvent.click(screen.getByRole("button", { name: "Verrouiller" }));
  await waitFor(() => expect(sent).toEqual([{ reason: "Je relis", minutes: 480 }]));
});

test("a refusal names who is in the way, when it is told", () => {
  const problem = (errors: Record<string, unknown>): ApiProblem =>
    new ApiProblem({ status: 423, code: "locked", title: "", errors, requestId: "", retryAfter: null });
  expect(sentenceFor(problem({ owner: "Bruno", name: "plan.md" }), i18next.t)).toBe("Bruno a verrouillé «\u00a0plan.md\u00a0».");
  expect(sentenceFor(problem({}), i18next.t)).toBe("Quelqu’un d’autre a verrouillé ce document ou son dossier.");
});
