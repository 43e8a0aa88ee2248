import { dayKey } from "../../../shared/lib/dates";
import type { ActivityLine } from "../follow";

const PAUSE = 15 * 60_000;
const SHOWN = 3;
const TOGETHER = new Set<ActivityLine["verb"]>(["created", "deposited", "deleted", "restored", "moved", "copied"]);

export interface Day {
  /** The instant of its latest line: names the day. */
  at: string;
  lines: ActivityLine[];
}

/** Pages cut a long run of one hand: its parts are one line again. */
export function joined(lines: readonly ActivityLine[]): ActivityLine[] {
  const whole: ActivityLine[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last && goesOn(last, line)) {
      const nodes = [...last.nodes, ...line.nodes.filter((node) => !last.nodes.some((one) => one.id === node.id))].slice(0, SHOWN);
      whole[whole.length - 1] = { ...last, count: last.count + line.count, times: last.times + line.times, nodes };
    } else whole.push(line);
  }
  return whole;
}

function goesOn(one: ActivityLine, next: ActivityLine): boolean {
  return (
    TOGETHER.has(one.verb) &&
    one.times > 1 &&
    one.verb === next.verb &&
    one.actor?.id === next.actor?.id &&
    one.depositor === next.depositor &&
    one.folder?.id === next.folder?.id &&
    dayKey(one.at) === dayKey(next.at) &&
    Date.parse(one.at) - Date.parse(next.at) < PAUSE
  );
}

/** The latest day first. */
export function byDay(lines: readonly ActivityLine[]): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const last = days.at(-1);
    if (last && dayKey(last.at) === dayKey(line.at)) last.lines.push(line);
    else days.push({ at: line.at, lines: [line] });
  }
  return days;
}

const OF_THINGS = new Set<ActivityLine["verb"]>(["created", "copied", "deleted", "restored", "moved"]);
const OF_KINDS = new Set<ActivityLine["verb"]>(["access", "asked", "answered"]);

/** Which sentence of `activity` says it. */
export function sentenceOf({ verb, what, nodes, restored_from: again, times }: ActivityLine): string {
  if (OF_KINDS.has(verb)) return `${verb}_${what}`;
  if (verb === "version" && again !== null && times === 1) return "version_again";
  if (!OF_THINGS.has(verb)) return verb;
  const folders = nodes.filter((node) => node.kind === "folder").length;
  return `${verb}_${folders === 0 ? "document" : folders === nodes.length ? "folder" : "thing"}`;
}
