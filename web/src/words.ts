// Words for what the API names in capitals. A name that is not known here is said in its own words.

const KINDS: Record<string, [string, string]> = {
  PERSON: ["Person", "People"],
  ORGANISATION: ["Organisation", "Organisations"],
  VEHICLE: ["Vehicle", "Vehicles"],
  ADDRESS: ["Address", "Addresses"],
  PLACE: ["Place", "Places"],
  PHONE: ["Phone", "Phones"],
  EMAIL: ["Email", "Emails"],
  POSTCODE: ["Postcode", "Postcodes"],
  DOCUMENT: ["Document", "Documents"],
  ACCOUNT: ["Account", "Accounts"],
  ITEM: ["Item", "Items"],
  AREA: ["Area", "Areas"],
  OFFICER: ["Officer", "Officers"],
  MARKER: ["Marker", "Markers"],
  CRIME: ["Crime", "Crimes"],
  INCIDENT: ["Incident", "Incidents"],
  STOP_SEARCH: ["Stop and search", "Stops and searches"],
  ARREST: ["Arrest", "Arrests"],
  CUSTODY: ["Custody", "Custody records"],
  CALL: ["Call", "Calls"],
  SIGHTING: ["Sighting", "Sightings"],
  INTEL_REPORT: ["Intelligence report", "Intelligence reports"],
  SAFEGUARDING: ["Safeguarding", "Safeguarding"],
  PUBLIC_EVENT: ["Public event", "Public events"],
};

const PURPOSES: Record<string, [string, string]> = {
  INVESTIGATION: ["Investigation", "You work on a crime or an incident"],
  INTELLIGENCE: ["Intelligence", "You develop intelligence"],
  SAFEGUARDING: ["Safeguarding", "You protect somebody at risk"],
  STOP_CHECK: ["Stop check", "You have stopped somebody, or are about to"],
  CUSTODY: ["Custody", "You look after somebody in custody"],
  CONTROL_ROOM: ["Control room", "You send officers to a call"],
  PLANNING: ["Planning", "You plan an event or a shift"],
  STANDARDS: ["Professional standards", "You review who looked at what"],
  TRAINING: ["Training", "You learn or show how this works"],
  TEST: ["Test", "You test the system"],
};

const CODES: Record<string, string> = {
  pncId: "PNC ID", croNumber: "CRO number", niNumber: "National Insurance number", nhsNumber: "NHS number",
  driverNumber: "Driver number", passportNumber: "Passport number", vrm: "Registration", vin: "VIN", uprn: "UPRN",
  dateOfBirth: "Date of birth", yearOfBirth: "Year of birth", ethnicitySelf: "Ethnicity, self-defined",
  ethnicityObserved: "Ethnicity, officer-observed", heightCm: "Height", postcodes: "Postcodes given",
  addressesGiven: "Addresses given", phonesGiven: "Phones given", emailsGiven: "Emails given", vrmsGiven: "Registrations given",
  paon: "Number or name", saon: "Flat or unit", urn: "URN", INVOLVED_IN: "involved in", INTEL_REPORT: "Intelligence report",
};

/** A name in capitals or camel case as words: `STOP_SEARCH` is "Stop search", `placeOfBirth` is "Place of birth". */
export function said(name: string): string {
  if (name in CODES) return CODES[name]!;
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const kindWord = (kind: string): string => KINDS[kind]?.[0] ?? said(kind);
export const kindWords = (kind: string): string => KINDS[kind]?.[1] ?? said(kind);
export const purposeWord = (code: string): string => PURPOSES[code]?.[0] ?? said(code);
export const purposeHint = (code: string): string => PURPOSES[code]?.[1] ?? "";

const LINKS: Record<string, string> = {
  INVOLVED_IN: "had a part in", ASSOCIATED_WITH: "associated with", LIVES_AT: "lives at", USES: "uses", HOLDS: "holds",
  KEEPS: "keeps", DRIVES: "drives", OCCURRED_AT: "happened at", IN: "is in", HANDLED_BY: "handled by", MEMBER_OF: "member of",
  SUBJECT_OF: "subject of", RELATED_TO: "related to", SAME_IDENTITY: "same identity",
};
const BOTH: Record<string, string> = {
  LIVES_AT: "Both lived at", USES: "Both used", HOLDS: "Both held", KEEPS: "Both kept", DRIVES: "Both drove", MEMBER_OF: "Both members of",
};
/** What two have in common, before the thing's name. */
export const bothWord = (type: string): string => BOTH[type] ?? "Both linked to";
export const linkWord = (type: string): string => LINKS[type] ?? said(type).toLowerCase();

const BACK: Record<string, string> = {
  INVOLVED_IN: "had as part", LIVES_AT: "home of", USES: "used by", HOLDS: "held by", KEEPS: "kept by", DRIVES: "driven by",
  OCCURRED_AT: "place of", IN: "has in it", HANDLED_BY: "handled", MEMBER_OF: "has as member", SUBJECT_OF: "is about",
};
/** The words of a link seen from its end. */
export const endWord = (type: string): string => BACK[type] ?? linkWord(type);

const RULES: Record<string, string> = { "only value": "the only value", "all values": "all values are kept", recency: "the newest value" };
export const ruleWord = (rule: string): string => RULES[rule] ?? rule;

/** The words of a warning's code: `WARNING_WEAPONS` is "Weapons". */
export const warningWord = (code: string): string => said(code.replace(/^WARNING_/, ""));

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

/** A date or time, as exactly as it is known, in the time of the United Kingdom; a dash for none. */
export function date(text: string | null | undefined, precision?: string | null): string {
  if (!text) return "–";
  if (precision === "YEAR" || /^\d{4}$/.test(text)) return text.slice(0, 4);
  const at = new Date(text.length === 10 ? `${text}T12:00:00Z` : text);
  if (Number.isNaN(at.getTime())) return text;
  const zone = text.length === 10 || precision === "DAY" || precision === "MONTH" ? "UTC" : "Europe/London";
  if (precision === "MONTH") return at.toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: zone });
  const timed = text.length > 10 && precision !== "DAY";
  return at.toLocaleString("en-GB", timed ? { ...DAY, hour: "2-digit", minute: "2-digit", timeZone: zone } : { ...DAY, timeZone: zone });
}

/** A moment to the second, by the clock of the force. */
export const moment = (text: string): string =>
  new Date(text).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Europe/London" });

/** The day and time of a date without its year. */
export function dayOf(text: string, precision?: string | null): string {
  if (precision === "YEAR") return "";
  const zone = precision === "DAY" || precision === "MONTH" || text.length === 10 ? "UTC" : "Europe/London";
  const day = precision === "MONTH" ? { month: "short" as const } : { day: "numeric" as const, month: "short" as const };
  const at = new Date(text);
  const said = at.toLocaleDateString("en-GB", { ...day, timeZone: zone });
  return zone === "UTC" ? said : `${said}, ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone })}`;
}

/** How long ago a day is, in whole years: an age. */
export function years(text: string): number {
  const born = new Date(text);
  const now = new Date();
  const before = now.getMonth() < born.getMonth() || (now.getMonth() === born.getMonth() && now.getDate() < born.getDate());
  return now.getFullYear() - born.getFullYear() - (before ? 1 : 0);
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
}

/** A code in capitals as words; what is in words already as it is. */
export const plain = (text: string): string => (/^[A-Z0-9_]+$/.test(text) && /[A-Z]{4}/.test(text) ? said(text) : text);

/** A value as people write it. */
export function value(property: string, text: string): string {
  if (property === "dateOfBirth" || property === "dateOfDeath") return date(text);
  if (property === "heightCm") return `${text} cm`;
  if (property === "warnings") return text.split(", ").map(warningWord).join(", ");
  return text;
}
