import { type InfiniteData, QueryClient } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { renderWithApp } from "../../shared/testing/render";
import { keys } from "./api";
import { type Comment, type CommentPage, commentKeys, type CommentState, threads } from "./comments";
import { CommentBox } from "./components/CommentBox";
import { folds } from "./live";

const author = { id: "u", name: "Alice", avatar_url: null, color: 1, version: 1, guest: false };
const rights = { edit: true, delete: true };
const comment = (id: string, fields: Partial<Comment> = {}): Comment => ({
  id, node_id: "n", thread_id: null, author, number: 1, page: null, quote: "", text: id, mentions: [], created_at: `2026-11-20T10:00:0${id.length}Z`,
  edited_at: null, resolved_at: null, resolved_by: null, deleted_at: null, version: 1, ...fields,
});
const pages = (...items: Comment[][]): InfiniteData<CommentPage, string> => ({
  pages: items.map((one) => ({ items: one, next: null, open: 0, resolved: 0, abilities: { write: true, resolve: true, own: rights, others: rights } })),
  pageParams: items.map((_, index) => (index === 0 ? "" : String(index))),
});

const fold = folds["documents.comment"];
let cache: QueryClient;
const shown = (state: CommentState): string[] =>
  threads(cache.getQueryData<InfiniteData<CommentPage>>(commentKeys.list("n", state))?.pages ?? []).map(({ root, answers }) => [root.id, ...answers.map((one) => one.id)].join("+"));

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(commentKeys.list("n", "open"), pages([comment("bb"), comment("x", { thread_id: "bb" })], [comment("a")]));
  cache.setQueryData(commentKeys.list("n", "resolved"), pages([]));
});

it("takes remarks and answers in, whatever comes twice, late or for another document", () => {
  for (let times = 0; times < 2; times += 1) {
    fold.changed(cache, comment("ccc"));
    fold.changed(cache, comment("yy", { thread_id: "a" }));
    fold.changed(cache, comment("zz", { thread_id: "unknown" }));
    fold.changed(cache, comment("other", { node_id: "m" }));
    fold.changed(cache, comment("bb", { text: "mieux", version: 3 }));
    fold.changed(cache, comment("bb", { text: "avant", version: 2 }));
  }
  expect(shown("open")).toEqual(["ccc", "bb+x", "a+yy"]);
  const held = cache.getQueryData<InfiniteData<CommentPage>>(commentKeys.list("n", "open"));
  expect(held?.pages[0]?.items.find((one) => one.id === "bb")?.text).toBe("mieux");
});

it("moves a resolved remark to the other list and takes back what is deleted", () => {
  fold.changed(cache, comment("bb", { resolved_at: "2026-11-21T10:00:00Z", resolved_by: author, version: 2 }));
  expect([shown("open"), shown("resolved")]).toEqual([["a"], ["bb"]]);
  expect(cache.getQueryState(commentKeys.list("n", "resolved"))?.isInvalidated).toBe(true);
  fold.removed(cache, { id: "a", parent_id: "n" });
  fold.changed(cache, comment("a"));
  expect(shown("open")).toEqual([]);
});

it("sends with Ctrl Entrée, keeps what was written when the server refuses, warns of who has no access", async () => {
  const people = [{ ...author, id: "b", name: "Bruno Lefèvre", inside: true }, { ...author, id: "d", name: "David Okoye", inside: false }];
  const send = vi.fn().mockRejectedValueOnce(new TypeError("no network")).mockResolvedValue(undefined);
  await renderWithApp(
    <CommentBox people={people} label="Écrire" placeholder="Écrire" verb="Commenter" place={{ quote: "" }} onSend={send} />,
    { words: ["documents"] },
  );
  const field = screen.getByLabelText("Écrire");
  await userEvent.type(field, "@bru{Enter}et @dav{Enter}{Control>}{Enter}{/Control}");
  expect(await screen.findByText(/David Okoye n’a pas accès/)).toBeInTheDocument();
  expect(send).toHaveBeenLastCalledWith({ text: "@Bruno Lefèvre et @David Okoye", mentions: ["b"], page: null, quote: "" });
  expect(field).toHaveValue("@Bruno Lefèvre et @David Okoye ");
  await userEvent.click(screen.getByRole("button", { name: "Préciser l’endroit" }));
  await userEvent.type(screen.getByLabelText("Page"), "12");
  await userEvent.click(screen.getByRole("button", { name: "Commenter" }));
  expect(send).toHaveBeenLastCalledWith(expect.objectContaining({ page: 12 }));
  await waitFor(() => expect(field).toHaveValue(""));
});

it("forgets what was said of a document whose right is withdrawn, and its place in lists", () => {
  const secret = { id: "n", scope_id: "f", parent_id: "f" };
  cache.setQueryData(["document", "n"], secret);
  cache.setQueryData(keys.list("w", null), { items: [{ id: "f", scope_id: "f" }, { id: "b", scope_id: "w" }], folder: null });
  folds["live.scopes"].changed(cache, { workspace_id: "w", gained: [], lost: ["f"] });
  expect(cache.getQueryData(["document", "n"])).toBeUndefined();
  expect(cache.getQueryData(commentKeys.list("n", "open"))).toBeUndefined();
  expect(cache.getQueryData(keys.list("w", null))).toMatchObject({ items: [{ id: "b" }] });
});
