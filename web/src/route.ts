// Where we are. Behind the hash, which is not sent: what somebody looks at stands in no server's log of addresses.

import { signal } from "@preact/signals";

export interface Place {
  page: string;
  id: string;
}

function read(): Place {
  const [page = "", id = ""] = location.hash.replace(/^#\/?/, "").split("/");
  return { page: page || "search", id: decodeURIComponent(id) };
}

export const place = signal<Place>(read());

/** Look where we are again: what replaces an entry of the history tells nobody. */
export function look(): void {
  place.value = read();
}

addEventListener("hashchange", look);

export function to(page: string, id = ""): string {
  return id ? `#/${page}/${encodeURIComponent(id)}` : `#/${page}`;
}

const EVENTS = new Set([
  "CRIME", "INCIDENT", "STOP_SEARCH", "ARREST", "CUSTODY", "CALL", "SIGHTING", "INTEL_REPORT", "SAFEGUARDING", "PUBLIC_EVENT",
]);
const SUBJECTS = new Set(["PERSON", "ORGANISATION", "VEHICLE"]);

/** True for a kind that happens at a time. */
export function happens(kind: string): boolean {
  return EVENTS.has(kind);
}

/** The page of a thing. */
export function pageOf(thing: { id: string; kind: string }): string {
  return to(SUBJECTS.has(thing.kind) ? "subject" : happens(thing.kind) ? "event" : "thing", thing.id);
}
