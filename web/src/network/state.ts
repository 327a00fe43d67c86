// The network of this tab: as long as the tab lives, so that one can look at a profile or a brief and come back.

import { effect, signal } from "@preact/signals";
import { join } from "../marking";
import { beginning, owner } from "../session";
import { ALL, NONE, type Filters, type Network } from "./model";

/** The workspace that is open: what it is called, and of which version. */
export interface Kept {
  id: string;
  name: string;
  version: number;
}

export type Places = ReadonlyMap<string, { x: number; y: number }>;

export const network = signal<Network>(NONE);
export const filters = signal<Filters>(ALL);
export const marking = signal<string | null>(null);
export const kept = signal<Kept | null>(null);
/** Where things stand, as the drawing last had them. */
export const places = signal<Places>(new Map());
export const before = signal<readonly Network[]>([]);

const STEPS = 30;

// Whoever looks as somebody else begins anew: nothing stays on the screen that only the other may see.
effect(() => {
  void owner.value;
  network.value = NONE;
  filters.value = ALL;
  marking.value = null;
  kept.value = null;
  places.value = new Map();
  before.value = [];
});

/** The network becomes this; what it was can be had back. */
export function become(next: Network): void {
  if (network.value.nodes.size) before.value = [...before.value.slice(-STEPS), network.value];
  network.value = next;
}

/** What was before the last step; false where there is nothing. */
export function undo(): boolean {
  const last = before.value.at(-1);
  if (!last) return false;
  before.value = before.value.slice(0, -1);
  network.value = last;
  return true;
}

/** The marking of what came joins that of what is there. */
export function marked(text: string | null): void {
  const texts = [marking.value, text].filter((each) => each !== null);
  marking.value = texts.length ? join(texts, beginning.value?.classifications ?? []) : null;
}
