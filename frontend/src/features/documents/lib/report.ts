/** What became of everything that was dropped, as a text to keep or to send. */
import type { TFunction } from "i18next";
import { fullDate } from "../../../shared/lib/dates";
import type { Line } from "./lines";
import { type Summary, summaryOf } from "./summary";

export const pathOf = (line: Line): string =>
  line.kind === "folder" ? `${line.folder}/` : line.folder === "" ? line.name : `${line.folder}/${line.name}`;

export const reasonOf = (line: Line, t: TFunction): string => t([`errors:${line.code ?? "unknown"}`, "errors:unknown"]);

/** The figures, one a line; what did not happen is not told. */
export function figures(summary: Summary, t: TFunction): string[] {
  const { done, versions, beside, skipped, refused } = summary;
  const all: [string, number][] = [
    ["report.new", done - versions - beside],
    ["report.versions", versions],
    ["report.beside", beside],
    ["report.skipped", skipped],
    ["report.refused", refused],
  ];
  return all.filter(([, count]) => count > 0).map(([key, count]) => t(key, { count }));
}

export function reportText(lines: readonly Line[], workspace: string, t: TFunction): string {
  const parts = [`${t("report.title")}, ${workspace}, ${fullDate(Date.now())}`, figures(summaryOf(lines), t).join("\n")];
  const list = (title: string, found: readonly Line[], word: (line: Line) => string): void => {
    if (found.length > 0) parts.push([title, ...found.map(word)].join("\n"));
  };
  list(t("report.list_refused"), lines.filter((line) => line.state === "refused"), (line) => `${pathOf(line)}${t("report.colon")}${reasonOf(line, t)}`);
  list(t("report.list_skipped"), lines.filter((line) => line.state === "skipped"), pathOf);
  for (const outcome of ["version", "beside", "new"] as const) {
    list(t(`report.list_${outcome}`), lines.filter((line) => line.state === "done" && line.outcome === outcome), pathOf);
  }
  return `${parts.join("\n\n")}\n`;
}
