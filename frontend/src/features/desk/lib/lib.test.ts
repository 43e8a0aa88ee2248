import { describe, expect, it } from "vitest";
import type { Task } from "../api";
import { pieces, wordsOf } from "./marks";
import { inParts } from "./tasks";

const person = { id: "p", name: "Alice", avatar_url: null, color: 1, version: 1 };

function task(id: string, due_date: string | null, due_time: string | null = null): Task {
  return {
    id,
    workspace_id: "w",
    column_id: "c",
    rank: "V",
    title: id,
    description: "",
    priority: "normal",
    due_date,
    due_time,
    assignees: [],
    label_ids: [],
    checklist: [],
    assignee_left: false,
    origin: null,
    completed_at: null,
    created_by: person,
    created_at: "2026-11-01T08:00:00Z",
    updated_at: "2026-11-01T08:00:00Z",
    version: 1,
  };
}

describe("my tasks", () => {
  it("stand in groups by date, those past their hour among the late ones", () => {
    const now = Date.parse("2026-11-24T12:00:00Z");
    const groups = inParts(
      [task("sans", null), task("plus tard", "2026-12-24"), task("demain", "2026-11-25"), task("passée", "2026-11-24", "00:01"), task("hier", "2026-11-23"), task("ce soir", "2026-11-24")],
      now,
    );
    expect(groups.map(([part, tasks]) => [part, tasks.map((one) => one.id)])).toEqual([
      ["late", ["hier", "passée"]],
      ["today", ["ce soir"]],
      ["week", ["demain"]],
      ["later", ["plus tard"]],
      ["undated", ["sans"]],
    ]);
  });
});

describe("the words found", () => {
  const marked = (title: string, ...words: string[]): string =>
    pieces(title, words)
      .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
      .join("");

  it("are marked whatever their case and accents", () => {
    expect(marked("Évaluation de l’été", "ete", "eval")).toBe("[Éval]uation de l’[été]");
    expect(marked("E\u0301te\u0301", "été")).toBe("[Été]");
  });

  it("are those that the server looks for", () => {
    expect(wordsOf("l'Évacuations du plan_annexe")).toEqual(["evacuation", "du", "plan", "annexe"]);
    expect(marked("Plan d’évacuation", ...wordsOf("L’ÉVACUATIONS"))).toBe("Plan d’[évacuation]");
  });

  it("are marked everywhere, and nothing else is", () => {
    expect(marked("Plan, plan B", "plan")).toBe("[Plan], [plan] B");
    expect(marked("Budget", "")).toBe("Budget");
  });
});
