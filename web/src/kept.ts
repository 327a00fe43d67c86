// Answers of stop checks that can be looked at again without network: for 15 minutes, in the memory of this tab alone.
//
// Nothing of an answer is written to the device: closing the tab is forgetting. What is written is that one was shown
// again, by the number of its request and when, so that it goes on record even where the tab closes before there is
// network again.

import { effect, signal } from "@preact/signals";
import { found } from "./away";
import { headers, type Data } from "./client";
import { owner, purpose } from "./session";

export interface Kept {
  /** What was entered, as the page says it. */
  asked: string;
  answer: Data<"explorer/stop-check">["stopCheck"];
  marking: string | null;
  request: string;
  at: number;
}

interface Shown {
  request: string;
  at: string;
  ids: string[];
}

export const LONGEST_MS = 15 * 60_000;
const MOST = 10;
const MOST_SHOWN = 50;
const KEY = "polegraph.shown";

export const kept = signal<readonly Kept[]>([]);
/** How many displays wait to be put on record. */
export const waiting = signal(read().length);
let timer = 0;

/** Take away what is too old, and come back when the next one is. */
function age(): void {
  clearTimeout(timer);
  const oldest = Date.now() - LONGEST_MS;
  if (kept.value.some((each) => each.at <= oldest)) kept.value = kept.value.filter((each) => each.at > oldest);
  const next = kept.value.at(-1);
  if (next) timer = setTimeout(age, Math.max(next.at + LONGEST_MS - Date.now(), 0) + 1);
}

/** The answers that may still be shown, the newest first. Timers sleep with the device: so it is asked each time. */
export function fresh(): readonly Kept[] {
  age();
  return kept.value;
}

export function keep(one: Kept): void {
  kept.value = [one, ...kept.value.filter((each) => each.request !== one.request)].slice(0, MOST);
  age();
}

/** Forget all answers, at once. */
export function wipe(): void {
  clearTimeout(timer);
  kept.value = [];
}

// Another user, another purpose, signed out: what was answered before is not theirs to see.
let whose: string | null = null;
effect(() => {
  const now = JSON.stringify([owner.value, purpose.value]);
  if (whose !== null && whose !== now) wipe();
  whose = now;
});

function read(): Shown[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as Shown[];
  } catch {
    return [];
  }
}

function write(shown: Shown[]): void {
  waiting.value = shown.length;
  try {
    if (shown.length) localStorage.setItem(KEY, JSON.stringify(shown));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing tells what it can while it is open.
  }
}

/** Note that an answer was shown again; it goes on record as soon as there is network. */
export function note({ request, answer }: Kept): void {
  const ids = [answer.subject?.id, answer.vehicle?.id, ...answer.candidates.map((each) => each.entity.id)].filter((id) => id !== undefined);
  write([...read(), { request, at: new Date().toISOString(), ids: [...new Set(ids)] }]);
  void sendShown();
}

let sending = false;

/** Put on record what was shown again, where there is network and somebody is signed in; else it stays for later. */
export async function sendShown(): Promise<void> {
  if (sending || !navigator.onLine || purpose.value === null) return;
  sending = true;
  try {
    for (let some = read().slice(0, MOST_SHOWN); some.length; some = read().slice(0, MOST_SHOWN)) {
      const response = await fetch("/shown", {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers() },
        body: JSON.stringify({ displays: some }),
        cache: "no-store",
      });
      if (!response.ok) break;
      write(read().slice(some.length));
    }
  } catch {
    // There is no network yet.
  } finally {
    sending = false;
  }
}

addEventListener("online", () => void sendShown());
// A server that was away is no change of the network.
effect(() => { if (found.value) void sendShown(); });
