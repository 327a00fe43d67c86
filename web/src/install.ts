// What makes the explorer start without network: a worker that keeps the pages' own files, and never an answer.

import { STARTS, trusted } from "./trusted";

/** Register the worker, where the browser has such. */
export function install(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(trusted(STARTS)).catch(() => {
    // Without it everything works but starting without network.
  });
}
