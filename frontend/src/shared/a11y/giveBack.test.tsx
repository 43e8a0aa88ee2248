import { Modal } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderWithApp } from "../testing/render";
import { giveFocusBack } from "./giveBack";

function Page(): React.JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button">Avant</button>
      <button type="button" onClick={() => setOpen(true)}>
        Ouvrir
      </button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} title="Fenêtre" closeButtonProps={{ "aria-label": "Fermer" }}>
          <button type="button" onClick={() => setOpen(false)}>
            Fini
          </button>
        </Modal>
      )}
    </>
  );
}

test("a dialog that is taken away gives the focus back to what opened it", async () => {
  const stop = giveFocusBack();
  const person = userEvent.setup();
  await renderWithApp(<Page />);
  const opener = screen.getByRole("button", { name: "Ouvrir" });
  for (const how of ["{Escape}", "button"]) {
    await person.click(opener);
    const end = await screen.findByRole("button", { name: "Fini" });
    end.focus();
    if (how === "button") await person.click(end);
    else await person.keyboard(how);
    await waitFor(() => expect(document.activeElement).toBe(opener));
  }
  stop();
});
