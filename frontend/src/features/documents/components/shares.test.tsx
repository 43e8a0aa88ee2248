import { QueryClient } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import { setTimeZone } from "../../../shared/lib/dates";
import { ALICE, renderWithApp } from "../../../shared/testing/render";
import { unpackingsKey } from "../archives";
import { folds } from "../live";
import { dayIn, endOf, type Share, shareKeys } from "../shares";
import { ShareList } from "./ShareList";

const person = { id: ALICE.id, name: "Alice Martin", avatar_url: null, color: 1, version: 1, guest: false };

function share(id: string, fields: Partial<Share> = {}): Share {
  return {
    id, workspace_id: "w", scope_id: "w", node_id: "n", name: "Dossier de crise", kind: "folder", mode: "read", label: "",
    created_by: person, created_at: "2026-11-23T10:00:00Z", expires_at: "2026-12-23T22:59:59Z", protected: false, max_uses: null,
    uses: 0, state: "active", stop_reason: "", stopped_at: null, stopped_by: null, version: 1, may_manage: true, ...fields,
  };
}

beforeAll(() => setTimeZone("Europe/Paris"));

it("says of each link what it opens, until when, how often it served, and why it is dead", async () => {
  const shares = [
    share("a", { label: "Mairie", max_uses: 3, uses: 1, protected: true }),
    share("b", { name: null, mode: "drop", may_manage: false }),
    share("c", { state: "stopped", stop_reason: "creator", stopped_at: "2026-11-23T11:00:00Z" }),
  ];
  await renderWithApp(<ShareList shares={shares} label="Liens" named />, { words: ["documents"] });
  const [first, second, third] = screen.getAllByRole("listitem");
  expect(first).toHaveTextContent("Dossier de crise · Mairie");
  expect(first).toHaveTextContent("mot de passe · 1 utilisation sur 3");
  expect(first).toHaveTextContent("Jusqu’au mercredi 23 décembre 2026 à 23:59");
  expect(second).toHaveTextContent("Élément réservé");
  expect(second && within(second).queryByRole("button")).toBeNull();
  expect(third).toHaveTextContent("Arrêté");
  expect(third).toHaveTextContent("Qui l’a créé n’a plus ces droits");
});

it("ends a link with its day, in the person's time zone", () => {
  expect(dayIn(30, Date.parse("2026-11-23T23:30:00Z"))).toBe("2026-12-24");
  expect(endOf("2026-12-23")).toBe("2026-12-23T22:59:59.000Z");
  expect(endOf("2026-07-14")).toBe("2026-07-14T21:59:59.000Z");
  setTimeZone("America/Cayenne");
  expect(endOf("2026-12-23")).toBe("2026-12-24T02:59:59.000Z");
  setTimeZone("Europe/Paris");
});

it("folds an unpacking by its version, and reads the lists of links again", async () => {
  const cache = new QueryClient();
  const step = { id: "u", node_id: "n", folder_id: null, state: "running" as const, code: "", total: 9, done: 4, version: 3 };
  cache.setQueryData(unpackingsKey, { items: [step], next: null });
  folds["documents.unpacking"].changed(cache, { ...step, done: 2, version: 2 });
  expect(cache.getQueryData<{ items: (typeof step)[] }>(unpackingsKey)?.items[0]?.done).toBe(4);
  folds["documents.unpacking"].changed(cache, { ...step, done: 9, version: 4 });
  expect(cache.getQueryData<{ items: (typeof step)[] }>(unpackingsKey)?.items[0]?.done).toBe(9);
  cache.setQueryData(shareKeys.node("n"), { items: [], next: null });
  folds["documents.share"].changed(cache);
  await Promise.resolve();
  expect(cache.getQueryState(shareKeys.node("n"))?.isInvalidated).toBe(true);
  folds["documents.sharing"].changed(cache, { workspace_id: "w", links: true });
  expect(cache.getQueryData(shareKeys.sharing("w"))).toEqual({ workspace_id: "w", links: true });
});
