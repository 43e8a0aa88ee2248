/** The day of an instant, remembered: a long list asks for thousands, and most share a few. */
import { dayKey, timeZone } from "../../../shared/lib/dates";

const known = new Map<string, string>();
const MOST = 20_000;

/** Instants of the same ten minutes are on the same day in every time zone. */
export function dayOf(at: string): string {
  const key = `${timeZone()} ${at.slice(0, 15)}`;
  let day = known.get(key);
  if (day === undefined) {
    if (known.size > MOST) known.clear();
    day = dayKey(at);
    known.set(key, day);
  }
  return day;
}
