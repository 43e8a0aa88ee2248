import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { MeContext, type Me } from "../../../shared/session/session";
import { ConfirmHost } from "../../../shared/ui/confirm";
import { ToastHost } from "../../../shared/ui/toast";
import { keys, laterKeys } from "../api";
import { Composer, type Mentionable } from "./Composer";

const me: Me = {
  id: "me", identifier: "alice", email: null, name: "Alice Martin", language: "fr", time_zone: "Europe/Paris", is_admin: false,
  avatar_url: null, color: 1, version: 1,
};
const person = (id: string, name: string, inside = true): Mentionable => ({
  id, name, avatar_url: null, color: 2, version: 1, guest: false, inside,
});
const people = [person("b", "Bruno Lefèvre"), person("c", "Chloé Nguyen"), person("d", "David Okoye", false)];
const send = vi.fn();
const editLast = vi.fn();

async function field(wishes: { send_key?: "enter" | "ctrl_enter" } = {}, seed: (cache: QueryClient) => void = () => undefined): Promise<HTMLTextAreaElement> {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  cache.setQueryData(keys.drafts, { items: [], next: null });
  cache.setQueryData(laterKeys.wishes, { send_key: "enter", return_to: "unread", version: 1, ...wishes });
  seed(cache);
  render(
    <QueryClientProvider client={cache}>
      <MantineProvider>
        <MeContext.Provider value={me}>
          <Composer channel="c1" workspace="w1" direct thread={null} placeholder="Écrire" people={people} send={send} editLast={editLast} letIn={null} />
          <ConfirmHost />
        </MeContext.Provider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  const found = screen.getByLabelText<HTMLTextAreaElement>("Écrire");
  await waitFor(() => expect(found).toBeEnabled());
  return found;
}

beforeEach(() => {
  send.mockReset();
  editLast.mockReset();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in this test")));
});

it("sends with Entrée and goes to the next line with Maj Entrée", async () => {
  const text = await field();
  await userEvent.type(text, "un{Shift>}{Enter}{/Shift}deux");
  expect(send).not.toHaveBeenCalled();
  await userEvent.type(text, "{Enter}");
  expect(send).toHaveBeenCalledExactlyOnceWith("un\ndeux", []);
  expect(text).toHaveValue("");
});

it("does not send while an input method is at work", async () => {
  const text = await field();
  await userEvent.type(text, "にほ");
  fireEvent.keyDown(text, { key: "Enter", keyCode: 229, isComposing: true });
  expect(send).not.toHaveBeenCalled();
});

it("names somebody with @, the arrows and Entrée", async () => {
  const text = await field();
  await userEvent.type(text, "Pour @chl");
  expect(screen.getByRole("option", { name: /Chloé Nguyen/ })).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{Enter}");
  expect(text).toHaveValue("Pour @Chloé Nguyen ");
  await userEvent.keyboard("merci{Enter}");
  expect(send).toHaveBeenCalledExactlyOnceWith("Pour @Chloé Nguyen merci", [{ id: "c", name: "Chloé Nguyen" }]);
});

it("warns about somebody who does not read the channel, and does not name them to the server", async () => {
  const text = await field();
  await userEvent.type(text, "@David Okoye bonjour");
  expect(screen.getByRole("status")).toHaveTextContent("mention.outside");
  await userEvent.keyboard("{Escape}{Enter}");
  expect(send).toHaveBeenCalledExactlyOnceWith("@David Okoye bonjour", []);
});

it("takes a hundred pasted lines as they are", async () => {
  const text = await field();
  const lines = Array.from({ length: 100 }, (_, index) => `ligne ${index}`).join("\n");
  await userEvent.click(text);
  await userEvent.paste(lines);
  await userEvent.keyboard("{Enter}");
  expect(send).toHaveBeenCalledExactlyOnceWith(lines, []);
});

it("keeps what is too long, and does not send it", async () => {
  const text = await field();
  fireEvent.change(text, { target: { value: "x".repeat(20_001) } });
  expect(screen.getByText("limit.over")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "composer.send" })).toBeDisabled();
  fireEvent.keyDown(text, { key: "Enter" });
  expect(send).not.toHaveBeenCalled();
  expect(text.value).toHaveLength(20_001);
});

it("edits the last message with ↑ in an empty field only", async () => {
  const text = await field();
  await userEvent.type(text, "a{ArrowUp}");
  expect(editLast).not.toHaveBeenCalled();
  await userEvent.type(text, "{Backspace}{ArrowUp}");
  expect(editLast).toHaveBeenCalledOnce();
});

it("sends with Ctrl Entrée where one prefers it, and goes to the next line with Entrée", async () => {
  const text = await field({ send_key: "ctrl_enter" });
  await userEvent.type(text, "un{Enter}deux");
  expect(send).not.toHaveBeenCalled();
  fireEvent.keyDown(text, { key: "Enter", ctrlKey: true, keyCode: 229, isComposing: true });
  expect(send).not.toHaveBeenCalled();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(send).toHaveBeenCalledExactlyOnceWith("un\ndeux", []);
});

it("lets a dead key be", async () => {
  const text = await field();
  await userEvent.type(text, "for");
  fireEvent.keyDown(text, { key: "Dead", keyCode: 229 });
  fireEvent.keyDown(text, { key: "Enter", keyCode: 229 });
  expect(send).not.toHaveBeenCalled();
});

it("pastes a table of a spreadsheet as a table, and gives the text back when asked", async () => {
  const text = await field();
  await userEvent.click(text);
  await userEvent.paste("Poste\tMontant\nLits\t1200");
  expect(text).toHaveValue("| Poste | Montant |\n| --- | --- |\n| Lits | 1200 |\n");
  await userEvent.click(screen.getByRole("button", { name: "pasted.table_instead" }));
  expect(text.value.trim()).toBe("Poste\tMontant\nLits\t1200");
});

it("offers to show pasted lines as code, and does it only then", async () => {
  const text = await field();
  await userEvent.click(text);
  await userEvent.paste("a\nb\nc\nd\ne");
  expect(text).toHaveValue("a\nb\nc\nd\ne");
  await userEvent.click(screen.getByRole("button", { name: "pasted.block_instead" }));
  expect(text.value.trim()).toBe("```\na\nb\nc\nd\ne\n```");
});

const bruno = { id: "b", name: "Bruno Lefèvre", avatar_url: null, color: 2, version: 1 };
const isOff = (sent: number) => (cache: QueryClient): void => {
  cache.setQueryDefaults(laterKeys.urgents, { enabled: false });
  cache.setQueryData([...keys.members("c1"), "off"], { items: [{ person_id: "b", reads_at: "2026-11-30T07:30:00Z", away: false, absence: "" }] });
  cache.setQueryData(keys.members("c1"), { items: [{ person: bruno }] });
  cache.setQueryData(laterKeys.rules("w1"), { urgent: true });
  cache.setQueryData(laterKeys.urgents, { a_day: 3, sent_today: sent, sent_this_month: sent, received: [] });
};

it("disturbs somebody who is off once that is confirmed, and says so to the server", async () => {
  await userEvent.type(await field({}, isOff(1)), "La salle a changé");
  await userEvent.click(screen.getByRole("button", { name: "off.urge" }));
  expect(send).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole("button", { name: "off.urge_verb" }));
  await waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith("La salle a changé", [], { urgent: true }));
});

it("says when nobody may be disturbed any more today, and offers to wait", async () => {
  await userEvent.type(await field({}, isOff(3)), "La salle a changé");
  expect(screen.getByRole("button", { name: "off.urge_none" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "off.send_at" })).toBeEnabled();
});

it("gives back a message that was put off, before what was begun meanwhile", async () => {
  const row = { id: "s1", workspace_id: "w1", channel_id: "c1", thread_id: null, text: "À demain", at: "2099-11-24T08:00:00Z", files: [], mentions: [], groups: [], confirmed: false, in_channel: false, refused: null, version: 1 };
  const text = await field();
  render(<ToastHost />, { wrapper: MantineProvider });
  await userEvent.type(text, "À demain");
  vi.stubGlobal("fetch", (request: Request) => Promise.resolve(/POST|PATCH/.test(request.method) ? Response.json(row) : new Response(null, { status: 204 })));
  await userEvent.click(screen.getByRole("button", { name: "later.send" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /later.tomorrow/ }));
  await waitFor(() => expect(text).toHaveValue(""));
  await userEvent.type(text, "Autre chose");
  await userEvent.click(await screen.findByRole("button", { name: /undo|Annuler/i }));
  await waitFor(() => expect(text).toHaveValue("À demain\n\nAutre chose"));
});
