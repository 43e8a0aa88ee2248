import { describe, expect, it } from "vitest";
import { accepted, suggestions, tail } from "./asking";

const known = { language: "fr" as const, people: ["Élodie Martin", "Bruno Lefèvre", "Jean-Luc Petit"], channels: ["Général", "Plan d’été"] };
const labels = (question: string): string[] => suggestions(question, known).map((one) => one.label);

describe("what may follow in a question", () => {
  it("offers the operators, then what they take", () => {
    expect(labels("")).toEqual(["de:", "dans:", "avant:", "après:", "le:", "avec:", "mentionne:"]);
    expect(labels("budget av")).toEqual(["avant:", "avec:"]);
    expect(labels("budget ")).toEqual([]);
    expect(labels("de:elo")).toEqual(["Élodie Martin"]);
    expect(labels("from:luc")).toEqual(["Jean-Luc Petit"]);
    expect(labels('de:"bruno l')).toEqual(["Bruno Lefèvre"]);
    expect(labels("-dans:ge")).toEqual(["Général"]);
    expect(labels("avec:")).toEqual(["fichier", "lien", "sondage", "épinglé"]);
    expect(labels("https://exemple.fr")).toEqual([]);
    expect(labels('de:"Bruno Lefèvre"')).toEqual([]);
  });

  it("puts what was chosen in the place of what was typed", () => {
    const [bruno] = suggestions("budget de:bru", known);
    expect(bruno && accepted("budget de:bru", bruno)).toBe('budget de:"Bruno Lefèvre" ');
    const [operator] = suggestions("plan -d", known);
    expect(operator && accepted("plan -d", operator)).toBe("plan -de:");
    expect(tail('plan de:"Bruno L')).toBe('de:"Bruno L');
    expect(tail('de:"Bruno Lefèvre" ')).toBe("");
  });
});
