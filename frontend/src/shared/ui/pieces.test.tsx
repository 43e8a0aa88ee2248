import { Modal } from "@mantine/core";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { renderWithApp } from "../testing/render";
import { confirm } from "./confirm";
import { DetailsPanel, PanelProvider, PanelRegion } from "./panel";
import { RowMenu, useRowMenu } from "./RowMenu";
import { toast } from "./toast";

function Row({ onDelete }: { onDelete: () => void }): React.JSX.Element {
  const menu = useRowMenu();
  return (
    <div data-testid="row" {...menu.rowProps}>
      Plan.odt
      <RowMenu name="Plan.odt" menu={menu} actions={[{ key: "delete", label: "Supprimer", icon: IconTrash, onSelect: onDelete, danger: true }]} />
    </div>
  );
}

test("the menu of a row opens by its button, a right click and Maj F10", async () => {
  const user = userEvent.setup();
  const remove = vi.fn();
  await renderWithApp(<Row onDelete={remove} />);
  await user.click(screen.getByRole("button", { name: "Actions sur Plan.odt" }));
  await user.click(await screen.findByRole("menuitem", { name: "Supprimer" }));
  expect(remove).toHaveBeenCalledOnce();
  await user.pointer({ keys: "[MouseRight]", target: screen.getByTestId("row") });
  expect(await screen.findByRole("menuitem", { name: "Supprimer" })).toBeVisible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menuitem")).toBeNull());
  screen.getByRole("button", { name: "Actions sur Plan.odt" }).focus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  expect(await screen.findByRole("menuitem", { name: "Supprimer" })).toBeVisible();
});

test("a confirmation says the consequence, and stays with the reason when the act fails", async () => {
  const user = userEvent.setup();
  await renderWithApp(<p>page</p>);
  const act = vi.fn().mockRejectedValueOnce(new Error("x")).mockResolvedValueOnce(undefined);
  confirm({ title: "Supprimer « Plan » ?", consequence: "Le dossier part à la corbeille.", verb: "Supprimer le dossier", act });
  expect(await screen.findByRole("dialog", { name: "Supprimer « Plan » ?" })).toHaveTextContent("corbeille");
  await user.click(screen.getByRole("button", { name: "Supprimer le dossier" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("n’a pas abouti");
  await user.click(screen.getByRole("button", { name: "Supprimer le dossier" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

function WithDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  return (
    <Modal opened onClose={onClose} title="Champs" zIndex={200}>
      <button type="button" onClick={() => confirm({ title: "Retirer le champ ?", consequence: "Ses valeurs partent.", verb: "Retirer", act: () => undefined })}>
        Retirer ce champ
      </button>
    </Modal>
  );
}

test("a question over an open dialog lies above it, and Escape ends the question alone", async () => {
  const user = userEvent.setup();
  const closed = vi.fn();
  await renderWithApp(<WithDialog onClose={closed} />);
  await user.click(await screen.findByRole("button", { name: "Retirer ce champ" }));
  const question = await screen.findByRole("dialog", { name: "Retirer le champ ?" });
  const levels = [...document.querySelectorAll<HTMLElement>("[style*='--mb-z-index']")].map((root) => Number(root.style.getPropertyValue("--mb-z-index")));
  expect(Math.max(...levels)).toBe(Number(question.closest<HTMLElement>("[style*='--mb-z-index']")?.style.getPropertyValue("--mb-z-index")));
  await waitFor(() => expect(screen.getByRole("button", { name: "Annuler" })).toHaveFocus());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Retirer le champ ?" })).toBeNull());
  expect(closed).not.toHaveBeenCalled();
});

test("a toast undoes, once", async () => {
  const user = userEvent.setup();
  const undo = vi.fn();
  await renderWithApp(<p>page</p>);
  toast("Tâche supprimée", { undo });
  await user.click(await screen.findByRole("button", { name: "Annuler" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Tâche supprimée")).toBeNull();
});

test("news never takes the place of what can be undone", async () => {
  const user = userEvent.setup();
  await renderWithApp(<p>page</p>);
  toast("Tâche supprimée", { undo: () => undefined });
  expect(await screen.findByText("Tâche supprimée")).toBeVisible();
  act(() => toast("Bruno vous a écrit", { news: true }));
  expect(screen.getByText("Tâche supprimée")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Annuler" }));
  act(() => toast("Bruno vous a écrit", { news: true }));
  expect(screen.getByText("Bruno vous a écrit")).toBeVisible();
});

function WithPanel(): React.JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <PanelProvider>
      <main>
        <button type="button" onClick={() => setOpen(true)}>
          Ouvrir
        </button>
        {open && (
          <DetailsPanel title="Plan.odt" onClose={() => setOpen(false)} focusTitle>
            contenu
          </DetailsPanel>
        )}
      </main>
      <PanelRegion />
    </PanelProvider>
  );
}

test("the panel takes the focus when a key opened it, and Échap gives it back", async () => {
  const user = userEvent.setup();
  const { container } = await renderWithApp(<WithPanel />);
  screen.getByRole("button", { name: "Ouvrir" }).focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "Plan.odt" })).toHaveFocus();
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
  await user.keyboard("{Escape}");
  expect(screen.getByRole("button", { name: "Ouvrir" })).toHaveFocus();
});
