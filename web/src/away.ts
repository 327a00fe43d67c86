// Whether polegraph answers; and looking for it while it does not, so that whoever waits goes on when it is back.

import { signal } from "@preact/signals";

/** How often it was found again after it had been away. */
export const found = signal(0);

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const LONGEST_MS = 6_000;
let turn = 0;
let timer = 0;

/** It did not answer: it is looked for until it does. */
export function gone(): void {
  if (timer) return;
  timer = setTimeout(() => void look(), PAUSES_MS[Math.min(turn++, PAUSES_MS.length - 1)]);
}

/** It answered. */
export function there(): void {
  turn = 0;
}

/** Ask whether it is ready, which asks nothing of anybody and is on no record. */
async function look(): Promise<void> {
  let ready = false;
  try {
    const { status } = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(LONGEST_MS) });
    // Where that is kept from us by what stands before the server, the question itself has to find out.
    ready = status < 500;
  } catch {
    // Still away.
  }
  timer = 0;
  if (ready) found.value += 1;
  else gone();
}

addEventListener("online", () => {
  if (!timer) return;
  clearTimeout(timer);
  void look();
});
