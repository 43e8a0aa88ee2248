import { expect, it } from "vitest";
import { scopesOf } from "./scopes";

it("names the scopes of what was chosen, and no other", () => {
  const nothing = { chat: "none", documents: "none", tasks: "none", calendar: "none", notifications: "none" } as const;
  expect(scopesOf(nothing, false)).toEqual([]);
  expect(scopesOf({ ...nothing, chat: "write", tasks: "read" }, true)).toEqual(["chat:read", "chat:write", "tasks:read", "profile:read"]);
});
