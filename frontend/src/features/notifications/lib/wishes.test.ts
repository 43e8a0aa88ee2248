import { expect, it } from "vitest";
import type { Preferences, Wish } from "../api";
import { asEverywhere, differs, wishesIn, withWish } from "./wishes";

const wish = (group: Wish["group"], fields: Partial<Wish> = {}): Wish => ({ group, page: true, push: true, mail: "hourly", ...fields });
const table: Preferences = { everywhere: [wish("mentions"), wish("tasks")], workspaces: [], proposed: [], mail_text: false, address: null };

it("keeps for a workspace only what is otherwise there", () => {
  const quiet = withWish(table, "w", wish("tasks", { push: false }));
  expect(quiet.workspaces).toEqual([{ workspace_id: "w", wishes: [wish("tasks", { push: false })] }]);
  expect(wishesIn(quiet, "w").map((one) => one.push)).toEqual([true, false]);
  expect([differs(quiet, "w"), differs(quiet, "x"), wishesIn(quiet, null).every((one) => one.push)]).toEqual([true, false, true]);
  expect(withWish(quiet, "w", wish("tasks")).workspaces).toEqual([]);
  expect(asEverywhere(quiet, "w").workspaces).toEqual([]);
});

it("a change everywhere is seen in the workspaces that say nothing of it", () => {
  const changed = withWish(withWish(table, "w", wish("tasks", { mail: "never" })), null, wish("mentions", { page: false }));
  expect(wishesIn(changed, "w")).toEqual([wish("mentions", { page: false }), wish("tasks", { mail: "never" })]);
});
