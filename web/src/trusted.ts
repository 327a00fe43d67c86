// The scripts that run beside the page: two, of our own. The policy of the page takes no text for a script but what comes by here.

declare global {
  interface Window {
    trustedTypes?: { createPolicy: (name: string, rules: { createScriptURL: (text: string) => string }) => { createScriptURL: (text: string) => string } };
  }
}

export const STARTS = "/worker.js";
const OURS = /^\/(worker\.js|assets\/placer-[\w-]+\.js|src\/network\/placer\.ts\?\S+)$/;

const policy = window.trustedTypes?.createPolicy("worker", {
  createScriptURL: (text) => {
    if (!OURS.test(text)) throw new TypeError(`${text} is no script of this page`);
    return text;
  },
});

/** The address of a script of ours, as the browser takes it; throws TypeError for any other. */
export const trusted = (address: string): string => policy?.createScriptURL(address) ?? address;
