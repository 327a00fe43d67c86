// Signing in by redirect: to the identity provider and back, with a verifier that only this tab knows (PKCE).
//
// The page asks nobody but its own server: it goes to the provider by navigation, and hands the code that it comes back
// with to /sign-in, which asks the provider for the token. The token is kept in the memory of this tab.

import { signal } from "@preact/signals";
import { causeOf, Fault } from "./client";
import { look } from "./route";
import { expires, token } from "./session";

interface Begun {
  state: string;
  verifier: string;
  /** Where one was, to go back to. */
  hash: string;
}

interface Where {
  authorise: string;
  leave: string | null;
  clientId: string;
  scope: string;
}

const KEY = "polegraph.signin";
const BYTES = 32;
/** What came of coming back, where it was not signing in. */
export const refused = signal<string | null>(null);

const home = (): string => `${location.origin}/`;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const chance = (): string => base64url(crypto.getRandomValues(new Uint8Array(BYTES)));

async function where(): Promise<Where> {
  return (await told(await fetch("/sign-in", { cache: "no-store" }).catch(() => { throw new Fault("no-network"); }))) as unknown as Where;
}

async function told(response: Response): Promise<Record<string, unknown>> {
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return answer;
  const [error] = (answer["errors"] as { message: string }[] | undefined) ?? [];
  throw new Fault(causeOf(response.status), error?.message ?? "");
}

/** Go to the identity provider; throws Fault where it is away. */
export async function go(): Promise<void> {
  const { authorise, clientId, scope } = await where();
  const begun: Begun = { state: chance(), verifier: chance(), hash: location.hash };
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(begun.verifier));
  sessionStorage.setItem(KEY, JSON.stringify(begun));
  const asked = new URL(authorise);
  const given = {
    response_type: "code", client_id: clientId, redirect_uri: home(), scope, state: begun.state,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256",
  };
  Object.entries(given).forEach(([name, value]) => asked.searchParams.set(name, value));
  location.assign(asked);
}

/** Whoever comes back from the provider is signed in, or it is said in `refused` why not; nothing where nobody does. */
export async function back(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  const [code, error, state] = ["code", "error", "state"].map((name) => answer.get(name));
  if (state === null || (!code && !error)) return;
  const begun = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Begun | null;
  sessionStorage.removeItem(KEY);
  // Neither in the address nor in the history: a code is good once, and nobody's business.
  history.replaceState(null, "", `/${begun?.hash ?? location.hash}`);
  look();
  if (!begun || begun.state !== state) {
    refused.value = "The answer of the identity provider is not to a question of this tab. Sign in again.";
  } else if (!code) {
    refused.value = `The identity provider did not sign you in (${error}).`;
  } else {
    try {
      const response = await fetch("/sign-in", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code, verifier: begun.verifier, redirectUri: home() }),
        cache: "no-store",
      });
      const { accessToken, expiresAt } = await told(response);
      token.value = accessToken as string;
      expires.value = (expiresAt as number) * 1000;
    } catch (failed) {
      refused.value = failed instanceof Fault && failed.message ? failed.message : "polegraph could not finish signing you in. Try again.";
    }
  }
}

/** Forget the token; and end the provider's session too, where it says how. */
export async function leave(): Promise<void> {
  token.value = null;
  expires.value = null;
  try {
    const { leave: end, clientId } = await where();
    if (end === null) return;
    const asked = new URL(end);
    asked.searchParams.set("client_id", clientId);
    asked.searchParams.set("post_logout_redirect_uri", home());
    location.assign(asked);
  } catch {
    // Signed out here all the same.
  }
}
