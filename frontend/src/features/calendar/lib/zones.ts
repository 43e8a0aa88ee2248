/** Zones to choose from: where this State's people live first, then all of them. */

const FREQUENT = [
  "Europe/Paris",
  "America/Martinique",
  "America/Guadeloupe",
  "America/Cayenne",
  "Indian/Reunion",
  "Indian/Mayotte",
  "America/Miquelon",
  "Pacific/Noumea",
  "Pacific/Tahiti",
  "UTC",
];

interface Option {
  value: string;
  label: string;
}

interface Group {
  group: string;
  items: Option[];
}

/** The viewer's own and the usual ones, then the others by name. */
export function zoneOptions(language: string, viewer: string, chosen: string, allZones: string): Group[] {
  const first = [...new Set([viewer, chosen, ...FREQUENT])];
  const others = Intl.supportedValuesOf("timeZone").filter((zone) => !first.includes(zone));
  return [
    { group: "", items: first.map((zone) => ({ value: zone, label: label(language, zone) })) },
    { group: allZones, items: others.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })) },
  ];
}

function label(language: string, zone: string): string {
  const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(new Date())
    .find((part) => part.type === "timeZoneName")?.value;
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  return name && name !== city ? `${city} (${name})` : city;
}
