import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Workspace } from "../../../shared/session/session";
import { renderWithApp } from "../../../shared/testing/render";
import { node } from "../lib/testing";
import { addLines, change, type Line } from "../lib/lines";
import { Uploads } from "./Uploads";

vi.mock("../lib/kept", async (original) => ({ ...(await original<object>()), recall: () => Promise.resolve([]) })); // no IndexedDB here
const line = (id: string, name: string): Line => ({
  id, kind: "file", workspaceId: "w", folder: "", name, size: 3, sent: 0, state: "sending", code: null, at: null, other: null, blocked: null,
  speed: 0, outcome: null, batch: 1,
});

test("the question that is open stays until it is answered, whichever comes before it in the list", async () => {
  await renderWithApp(<Uploads />, { words: ["documents"], workspace: { id: "w" } as Workspace });
  const clash = { state: "conflict", code: "name_taken", other: node("n") } as const;
  act(() => addLines([line("1", "Avis.txt"), line("2", "Note.txt")]));
  act(() => change("2", clash));
  expect(await screen.findByRole("dialog")).toHaveTextContent("Note.txt");
  act(() => change("1", clash));
  await act(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(screen.getByRole("dialog")).toHaveTextContent("Note.txt");
  act(() => change("2", { state: "done" }));
  await vi.waitFor(() => expect(screen.getByRole("dialog")).toHaveTextContent("Avis.txt"));
});
