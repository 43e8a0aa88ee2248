import { expect, it } from "vitest";
import { isBuilt, isPage, outdated, pushOf, sentence } from "./rules";

const HOME = "https://plano.example.fr";
const page = (path: string, more: object = {}) => ({ mode: "navigate", method: "GET", url: path.startsWith("http") ? path : HOME + path, ...more });

it("keeps frames of pages and files of builds, never an answer of the API", () => {
  for (const path of ["/", "/w/cantine/discussions", "/notifications?x=1", "/meetings"]) expect(isPage(page(path), HOME)).toBe(true);
  for (const path of ["/api/v1/me", "/dav/x", "/s/secret", "/m/secret", "/healthz", "/sw.js", "https://elsewhere.example/"]) {
    expect(isPage(page(path), HOME)).toBe(false);
  }
  expect(isPage(page("/", { method: "POST" }), HOME)).toBe(false);
  expect(isPage(page("/", { mode: "cors" }), HOME)).toBe(false);
  expect(isBuilt(page("/assets/index-C4xYz_09.js"), HOME)).toBe(true);
  for (const path of ["/assets/manifest.json", "/api/v1/nodes/x-abcdefgh.js", "/assets/../api-12345678.js", "https://elsewhere.example/assets/index-C4xYz_09.js"]) {
    expect(isBuilt(page(path), HOME)).toBe(false);
  }
});

it("removes former builds, but for the last one", () => {
  expect(outdated(["plano-build-a", "other", "plano-build-b", "plano-build-c"], "c")).toEqual(["plano-build-a"]);
  expect(outdated(["plano-build-c"], "c")).toEqual([]);
});

it("says a number and nothing else, whatever a push service brings", () => {
  expect(sentence(pushOf('{"kind":"mention","count":3,"language":"fr"}'))).toBe("Du nouveau vous attend : 3 notifications.");
  expect(sentence(pushOf('{"kind":"mention","count":1,"language":"en"}'))).toBe("Something new is waiting for you.");
  expect(sentence(pushOf('{"kind":"trial","count":0,"language":"fr"}'))).toBe("L’essai a réussi : cet appareil sera prévenu.");
  for (const odd of [undefined, "", "null", "[]", "{", '{"count":-1}', '{"count":1e99}', '{"title":"<b>Paul"}']) {
    expect(sentence(pushOf(odd))).toBe("Du nouveau vous attend.");
  }
});
