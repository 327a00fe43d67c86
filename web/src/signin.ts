// Signing in by redirect: to the identity provider and back, with a verifier that only this tab knows (PKCE).
//
// The page asks nobody but its own server: it goes to the provider by navigation, and hands the code that it comes back
// with to /sign-in, which asks the provider for the token. The token is kept in the memory of this tab.

import { batch, signal } from "@preact/signals";
import { causeOf, Fault, headers } from "./client";
import { look } from "./route";
import { beginning, ended, expires, token, type Beginning } from "./session";

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
// The window that came back tells the others by this name; only the one that began knows the verifier.
const CHANNEL = "polegraph.signin";
const HEARD_MS = 1_000;
/** What came of coming back, where it was not signing in. */
export const refused = signal<string | null>(null);
/** True in a window that was opened only to sign in, once the one that opened it has been told. */
export const handedOn = signal(false);
let listening: BroadcastChannel | null = null;

interface Returned {
  state: string;
  code: string | null;
  error: string | null;
}

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

/** Have this token from now on, which ends then (milliseconds of the epoch); throws Fault where the server does not know whose it is. */
export async function enter(given: string, until: number | null): Promise<void> {
  const response = await fetch("/explorer", { cache: "no-store", headers: { ...headers(), Authorization: `Bearer ${given}` } })
    .catch(() => { throw new Fault("no-network"); });
  const begun = (await told(response)) as unknown as Beginning;
  if (begun.who === null) throw new Fault("sign-in", "polegraph does not take this token: it is not one of its identity provider, or has ended");
  // At once: whoever it is, nobody sees what was another's.
  batch(() => { beginning.value = begun; token.value = given; expires.value = until; refused.value = null; });
}

/** Where the identity provider asks who it is that begun this. */
async function authorisation(begun: Begun): Promise<URL> {
  const { authorise, clientId, scope } = await where();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(begun.verifier));
  const asked = new URL(authorise);
  const given = {
    response_type: "code", client_id: clientId, redirect_uri: home(), scope, state: begun.state,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256",
  };
  Object.entries(given).forEach(([name, value]) => asked.searchParams.set(name, value));
  return asked;
}

/** To the identity provider: where a sign-in has ended, beside this page, so that what is here stays; throws Fault. */
export const toProvider = (): Promise<void> => (ended.value ? renew() : go());

const begunHere = (): Begun => ({ state: chance(), verifier: chance(), hash: location.hash });

/** Go to the identity provider; throws Fault where it is away. */
async function go(): Promise<void> {
  const begun = begunHere();
  const place = await authorisation(begun);
  sessionStorage.setItem(KEY, JSON.stringify(begun));
  location.assign(place);
}

/** Sign in again in a window beside this one: what was typed and drawn here stays. Where none may be opened, go there; throws Fault. */
async function renew(): Promise<void> {
  // While it is still what somebody pressed: later none may be opened.
  const beside = open("about:blank", "_blank", "popup,width=520,height=720");
  if (beside === null) return go();
  const begun = begunHere();
  try {
    const place = await authorisation(begun);
    listen(begun);
    beside.location.replace(place);
  } catch (error) {
    beside.close();
    throw error;
  }
}

function listen({ state, verifier }: Begun): void {
  listening?.close();
  const channel = new BroadcastChannel(CHANNEL);
  listening = channel;
  channel.onmessage = ({ data }: MessageEvent<Returned>) => {
    if (data.state !== state || !("code" in data)) return;
    channel.postMessage({ state, heard: true });
    channel.close();
    void finish(data, verifier);
  };
}

/** Whether the window that began this has heard how it ended. */
async function hand(returned: Returned): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL);
  const heard = new Promise<boolean>((done) => {
    channel.onmessage = ({ data }: MessageEvent<{ state: string; heard?: boolean }>) => { if (data.heard && data.state === returned.state) done(true); };
    setTimeout(() => done(false), HEARD_MS);
  });
  channel.postMessage(returned);
  const told = await heard;
  channel.close();
  return told;
}

/** Whoever comes back with a code is signed in; else it is said in `refused` why not. */
async function finish({ code, error }: Returned, verifier: string): Promise<void> {
  if (!code) {
    refused.value = `The identity provider did not sign you in (${error}).`;
    return;
  }
  try {
    const response = await fetch("/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code, verifier, redirectUri: home() }),
      cache: "no-store",
    });
    const { accessToken, expiresAt } = await told(response);
    await enter(accessToken as string, (expiresAt as number) * 1000);
  } catch (failed) {
    refused.value = failed instanceof Fault && failed.message ? failed.message : "polegraph could not finish signing you in. Try again.";
  }
}

/** Whoever comes back from the provider is signed in, or it is said in `refused` why not; nothing where nobody does. */
export async function back(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  const [state, code, error] = [answer.get("state"), answer.get("code"), answer.get("error")];
  if (state === null || (!code && !error)) return;
  const begun = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Begun | null;
  sessionStorage.removeItem(KEY);
  // Neither in the address nor in the history: a code is good once, and nobody's business.
  history.replaceState(null, "", `/${begun?.hash ?? location.hash}`);
  look();
  const returned = { state, code, error };
  if (begun !== null && begun.state === state) await finish(returned, begun.verifier);
  else if (await hand(returned)) {
    handedOn.value = true;
    close();
  } else refused.value = "The answer of the identity provider is not to a question of this tab. Sign in again.";
}

/** Forget the token; and end the provider's session too, where it says how. */
export async function leave(): Promise<void> {
  batch(() => {
    token.value = null;
    expires.value = null;
    if (beginning.value) beginning.value = { ...beginning.value, who: null };
  });
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
