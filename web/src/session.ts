// What this tab knows of whoever looks: why, as whom, and what is on screen. Nothing of it outlives the tab.

import { computed, signal } from "@preact/signals";
import { join } from "./marking";

/** What the server tells everybody: see api/explorer/page.py. */
export interface Beginning {
  version: string;
  auth: "none" | "oidc";
  purposes: string[];
  classifications: string[];
  viewers: string[];
  /** Where map tiles come from, as https://…/{z}/{x}/{y}.png, and whom to thank; null: from nowhere. */
  tiles: string | null;
  tilesCredit: string;
}

export interface Purpose {
  code: string;
  reference: string;
}

const KEY = "polegraph.purpose";
const VIEWER = "polegraph.viewer";

function kept<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function keep(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing asks again.
  }
}

export const beginning = signal<Beginning | null>(null);
export const purpose = signal<Purpose | null>(kept<Purpose>(KEY));
/** The markings to look with where nobody signs in; null: everything. */
export const viewer = signal<string | null>(kept<string>(VIEWER));
/** The access token, in memory alone. */
export const token = signal<string | null>(null);
/** True while the purpose is being asked for or changed. */
export const asking = signal(purpose.value === null);

export function setPurpose(value: Purpose): void {
  keep(KEY, value);
  purpose.value = value;
  asking.value = false;
}

export function setViewer(value: string | null): void {
  keep(VIEWER, value);
  viewer.value = value;
}

/** The marking of each answer that is on screen, by whoever shows it. */
const shown = signal<ReadonlyMap<string, string>>(new Map());

/** The least marking at or above all that is on screen; null where nothing marked is. */
export const onScreen = computed(() => {
  const texts = [...shown.value.values()];
  return texts.length ? join(texts, beginning.value?.classifications ?? []) : null;
});

export function show(who: string, marking: string | null): void {
  const next = new Map(shown.value);
  if (marking === null) next.delete(who);
  else next.set(who, marking);
  shown.value = next;
}
