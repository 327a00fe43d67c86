// What this tab knows of whoever looks: why, as whom, and what is on screen. Nothing of it outlives the tab.

import { computed, effect, signal } from "@preact/signals";
import { join } from "./marking";

/** What the server tells everybody: see api/explorer/page.py. */
export interface Beginning {
  version: string;
  auth: "none" | "oidc";
  purposes: string[];
  classifications: string[];
  /** Whether one goes to the identity provider to sign in; else a token is pasted. */
  redirect: boolean;
  /** As whom one may look where nobody signs in. */
  users: { name: string; title: string }[];
  viewers: string[];
  /** Where map tiles come from, as https://…/{z}/{x}/{y}.png, and whom to thank; null: from nowhere. */
  tiles: string | null;
  tilesCredit: string;
  /** Whoever looks, their role (null: no roles here) and what they may do; null where that is not known. */
  who: { user: string; role: string | null; may: string[] } | null;
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
/** A declared user, as `user:NAME`, or the markings to look with where nobody signs in; null: everything. */
export const viewer = signal<string | null>(kept<string>(VIEWER));
/** The access token, in memory alone. */
export const token = signal<string | null>(null);
/** When it ends, in milliseconds of the epoch; null where that is not known. */
export const expires = signal<number | null>(null);
/** True once the token has ended, until there is another. */
export const ended = signal(false);
let ending = 0;
// Timers longer than this end at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
effect(() => {
  void token.value;
  clearTimeout(ending);
  ended.value = false;
  if (expires.value !== null) ending = setTimeout(() => (ended.value = true), Math.min(Math.max(expires.value - Date.now(), 0), LONGEST_TIMER_MS));
});
/** Whoever looks, as far as it is known: what was answered to them is nobody else's. A token that follows another of theirs changes nothing. */
export const owner = computed(() => (beginning.value?.auth === "oidc" ? JSON.stringify(beginning.value.who) : viewer.value ?? ""));
/** The name of the declared user as whom one looks. */
export const lookingAs = computed(() => (viewer.value?.startsWith("user:") ? viewer.value.slice("user:".length) : null));
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
