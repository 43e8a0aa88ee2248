import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { laterKeys } from "../api";
import { message } from "../lib/testing";
import { EditBox } from "./EditBox";

const NOBODY = new Map();
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true }); // a field that grows listens to it

/** A list that draws the message or does not, beside another field. */
function List(): React.JSX.Element {
  const [drawn, setDrawn] = useState(true);
  const [editing, setEditing] = useState(true);
  return (
    <>
      <button onClick={() => setDrawn(!drawn)}>scroll</button>
      <button onClick={() => setEditing(true)}>edit</button>
      <textarea aria-label="other" />
      {drawn && (
        <article data-message="m1" tabIndex={-1}>
          {editing ? <EditBox message={message(1, { text: "Bonjour" })} people={NOBODY} onClose={() => setEditing(false)} /> : "Bonjour"}
        </article>
      )}
    </>
  );
}

it("keeps what is written while the message is out of sight, takes no focus when it is back, and gives it to the message at the end", async () => {
  const cache = new QueryClient();
  cache.setQueryDefaults(laterKeys.wishes, { staleTime: Infinity });
  cache.setQueryData(laterKeys.wishes, { send_key: "enter", return_to: "unread", version: 1 });
  render(
    <QueryClientProvider client={cache}>
      <MantineProvider>
        <List />
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(screen.getByLabelText("edit.label")).toHaveFocus();
  await userEvent.type(screen.getByLabelText("edit.label"), " à tous");
  await userEvent.click(screen.getByText("scroll"));
  expect(screen.queryByLabelText("edit.label")).toBeNull();
  await userEvent.click(screen.getByText("scroll"));
  await userEvent.click(screen.getByLabelText("other"));
  expect(screen.getByLabelText("edit.label")).toHaveValue("Bonjour à tous");
  expect(screen.getByLabelText("other")).toHaveFocus();
  await userEvent.type(screen.getByLabelText("edit.label"), "{Escape}");
  await waitFor(() => expect(document.querySelector("article")).toHaveFocus());
  await userEvent.click(screen.getByText("edit"));
  expect(screen.getByLabelText("edit.label")).toHaveValue("Bonjour");
});
