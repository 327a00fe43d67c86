// What makes the explorer start without network: a worker that keeps the pages' own files, and never an answer.

const WORKER = "/worker.js";

declare global {
  interface Window {
    trustedTypes?: { createPolicy: (name: string, rules: { createScriptURL: () => string }) => { createScriptURL: (text: string) => string } };
  }
}

/** Register the worker, where the browser has such. The policy of the page trusts this one address and no other. */
export function install(): void {
  if (!("serviceWorker" in navigator)) return;
  const policy = window.trustedTypes?.createPolicy("worker", { createScriptURL: () => WORKER });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER).catch(() => {
    // Without it everything works but starting without network.
  });
}
