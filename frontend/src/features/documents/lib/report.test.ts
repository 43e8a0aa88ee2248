import { expect, it } from "vitest";
import { i18next, loadWords, setLanguage, startWords } from "../../../shared/i18n";
import type { Line } from "./lines";
import { reportText } from "./report";
import { Pace, summaryOf } from "./summary";

const line = (fields: Partial<Line>): Line => ({
  id: fields.name ?? "", kind: "file", workspaceId: "w", folder: "", name: "a.txt", size: 1000, sent: 0, state: "waiting", code: null, at: null,
  other: null, blocked: null, speed: 0, outcome: null, batch: 1, ...fields,
});

it("counts files and bytes of what was dropped last; what failed does not hold the progress back", () => {
  const found = summaryOf([
    line({ name: "old", state: "done", batch: 0 }),
    line({ name: "1", state: "done", outcome: "new" }),
    line({ name: "2", state: "sending", sent: 400 }),
    line({ name: "3", state: "refused", code: "quota_exceeded" }),
    line({ name: "4" }),
  ]);
  expect(found.whole).toMatchObject({ files: 4, filesDone: 2, bytes: 4000, bytesDone: 2400 });
  expect([found.active, found.done, found.refused, found.full]).toEqual([2, 2, 1, 1]);
});

it("tells the time that is left by the pace of the last seconds, and nothing before there is one", () => {
  const pace = new Pace();
  expect(pace.left(0, 1000, 0)).toBeNull();
  expect(pace.left(50, 1000, 1000)).toBeNull();
  expect(pace.left(100, 1000, 2000)).toBe(18);
  expect(new Pace().left(0, 1000, 5000)).toBeNull();
});

it("reports each failure with its reason, and what became of the others by their path", async () => {
  await startWords();
  await setLanguage("fr");
  await loadWords("documents");
  const text = reportText(
    [
      line({ name: "a.txt", folder: "Plans/2026", state: "done", outcome: "new" }),
      line({ name: "b.txt", state: "done", outcome: "version" }),
      line({ name: "c.txt", state: "skipped" }),
      line({ name: "d.txt", folder: "Plans", state: "refused", code: "name_too_long" }),
      line({ name: "Vide", folder: "Plans/Vide", kind: "folder", state: "done", outcome: "new", size: 0 }),
    ],
    "Budget",
    i18next.getFixedT("fr", "documents"),
  );
  const [title, counts, ...lists] = text.trimEnd().split("\n\n");
  expect(title).toMatch(/^Compte rendu des dépôts, Budget, /);
  expect(counts).toBe("2 éléments déposés\n1 nouvelle version\n1 ignoré\n1 en échec");
  expect(lists[0]).toMatch(/^En échec\nPlans\/d.txt\u00a0: Ce nom est trop long/);
  expect(lists.slice(1)).toEqual(["Ignorés\nc.txt", "Nouvelles versions\nb.txt", "Déposés\nPlans/2026/a.txt\nPlans/Vide/"]);
});
