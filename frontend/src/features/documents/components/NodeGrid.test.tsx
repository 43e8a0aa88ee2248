import { QueryClient } from "@tanstack/react-query";
import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderWithApp } from "../../../shared/testing/render";
import type { Node } from "../api";
import { approvalKeys } from "../approvals";
import { followKeys } from "../follow";
import { NONE } from "../lib/marks";
import { node } from "../lib/testing";
import { USUAL } from "../lib/view";
import { NodeGrid } from "./NodeGrid";
import { isHeld } from "./ScanState";

/** A library of one document; what is held back has no « Télécharger ». */
function grid(one: Node): React.JSX.Element {
  const row = { node: one, level: 1, position: 1, siblings: 1, open: null, count: null };
  const nothing = (): void => undefined;
  return (
    <NodeGrid
      view={{ rows: [row], top: undefined, error: null, isPending: false, isPartial: false, look: USUAL, setLook: nothing, unfold: nothing }}
      label="Documents"
      selectedId={null}
      actionsFor={(asked) => (isHeld(asked) ? [{ key: "details", label: "Détails", icon: IconDownload, onSelect: nothing }] : [{ key: "download", label: "Télécharger", icon: IconDownload, onSelect: nothing }])}
      onOpen={nothing}
      onSelect={nothing}
      onRename={nothing}
      onDelete={nothing}
      mayMove={() => false}
      onMoveInto={nothing}
      peopleOf={() => null}
      marks={NONE}
      onMark={nothing}
      several={[]}
    />
  );
}

/** The grid with the menu of its row open. */
async function opened(one: Node): Promise<{ scroll: HTMLElement; show: (next: Node) => void }> {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  cache.setQueryData(followKeys.marks, { favourites: [], followed: [] });
  cache.setQueryData(approvalKeys.marksOf("w", null), { items: {} });
  let tell: (next: Node) => void = () => undefined;
  function Held(): React.JSX.Element {
    const [shown, setShown] = useState(one);
    tell = setShown;
    return grid(shown);
  }
  await renderWithApp(<Held />, { words: ["documents"], cache });
  await userEvent.click(await screen.findByRole("button", { name: `Actions sur ${one.name}` }));
  await screen.findByRole("menu");
  const scroll = screen.getByRole("treegrid").parentElement;
  if (!scroll) throw new Error("no list");
  return { scroll, show: (next) => act(() => tell(next)) };
}

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(390);
});
afterEach(() => vi.restoreAllMocks());

test("the menu of a row stays when a scroll that was over before it is told late, and goes with the next one", async () => {
  const { scroll } = await opened(node("a"));
  fireEvent.scroll(scroll);
  expect(screen.getByRole("menuitem", { name: "Télécharger" })).toBeInTheDocument();
  scroll.scrollTop = 60;
  fireEvent.scroll(scroll);
  expect(screen.queryByRole("menu")).toBeNull();
});

test("what becomes possible while the menu is open appears in it", async () => {
  const { show } = await opened(node("a", { state: "checking" }));
  expect(screen.queryByRole("menuitem", { name: "Télécharger" })).toBeNull();
  show(node("a", { state: "clean", version: 2 }));
  expect(screen.getByRole("menuitem", { name: "Télécharger" })).toBeInTheDocument();
});
