// What can wait until there is nothing else to do.

export function whenIdle(work: () => void): void {
  // Safari has no such callback.
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 500);
}
