import { beforeAll, describe, expect, test } from "vitest";
import { setLanguage, startWords } from "../i18n";
import { byteSize } from "./bytes";
import { ago, dayName, fullDate, planned, setTimeZone, shortDay, weekNumber } from "./dates";
import { newId } from "./ids";
import { personInitials, workspaceInitials } from "./names";

const NOW = Date.parse("2026-11-24T09:20:00Z"); // Tuesday 10:20 in Paris

beforeAll(async () => {
  document.cookie = "plano_language=fr";
  await startWords();
  setTimeZone("Europe/Paris");
});

describe("dates, as people say them", () => {
  test.each([
    ["2026-11-24T09:19:40Z", "à l’instant"],
    ["2026-11-24T09:08:00Z", "il y a 12\u00a0min"],
    ["2026-11-24T08:05:00Z", "à 09:05"],
    ["2026-11-23T13:05:00Z", "hier à 14:05"],
    ["2026-11-22T23:30:00Z", "hier à 00:30"],
    ["2026-11-20T08:00:00Z", "vendredi"],
    ["2026-11-17T08:00:00Z", "17 nov."],
    ["2025-11-17T08:00:00Z", "17 novembre 2025"],
  ])("%s is %s", (at, words) => {
    expect(ago(at, NOW)).toBe(words);
  });

  test("what is planned", () => {
    expect(planned("2026-11-24T11:00:00Z", NOW)).toBe("aujourd’hui à 12:00");
    expect(planned("2026-11-25T08:30:00Z", NOW)).toBe("demain à 09:30");
    expect(planned("2026-11-26T09:00:00Z", NOW)).toBe("jeudi 26 nov. à 10:00");
    expect(dayName("2026-12-20T09:00:00Z", NOW)).toBe("20 déc.");
    expect(shortDay("2027-01-05T09:00:00Z", NOW)).toBe("5 janvier 2027");
  });

  test("the full date and the week", () => {
    expect(fullDate("2026-11-24T09:20:00Z")).toBe("mardi 24 novembre 2026 à 10:20");
    expect(weekNumber("2026-11-24T09:20:00Z")).toBe(48);
    expect(weekNumber("2027-01-01T12:00:00Z")).toBe(53);
  });

  test("in English too", async () => {
    await setLanguage("en");
    expect(ago("2026-11-23T13:05:00Z", NOW)).toBe("yesterday at 14:05");
    await setLanguage("fr");
  });
});

describe("sizes", () => {
  test.each([
    [0, "0\u00a0octet"],
    [812, "812\u00a0octets"],
    [486_000, "486\u00a0Ko"],
    [1_400_000, "1,4\u00a0Mo"],
    [999_960, "1\u00a0Mo"],
    [3_000_000_000, "3\u00a0Go"],
  ])("%i is %s", (bytes, words) => {
    expect(byteSize(bytes)).toBe(words);
  });
});

describe("initials", () => {
  test.each([
    ["Chloé Nguyen", "CN"],
    ["Émilie Bernard", "ÉB"],
    ["Marie", "MA"],
    ["Anne-Marie de la Tour", "AT"],
  ])("of %s are %s", (name, initials) => expect(personInitials(name)).toBe(initials));

  test.each([
    ["Plan de continuité", "PC"],
    ["Budget 2027", "B27"],
    ["Réforme de l’accueil", "RA"],
    ["Logistique", "LO"],
  ])("of the workspace %s are %s", (name, initials) => expect(workspaceInitials(name)).toBe(initials));
});

test("identifiers are UUIDv7, in order of time", () => {
  const first = newId(1_700_000_000_000);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first < newId(1_700_000_000_001)).toBe(true);
});
