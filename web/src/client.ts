// Asking the API: only documents that it knows, by their names, with the purpose and the viewer of this tab.

import type { Documents } from "./api";
import { there } from "./away";
import { ended, lookingAs, purpose, token, viewer } from "./session";

export type Name = keyof Documents;
export type Variables<N extends Name> = Documents[N]["variables"];
export type Data<N extends Name> = Documents[N]["data"];

/** An answer: its data, and the least marking at or above all that it names. */
export interface Answer<T> {
  data: T;
  marking: string | null;
  /** The request that was answered, as it stands on record. */
  request: string | null;
}

export type Cause =
  | "no-network"
  | "too-slow"
  | "sign-in"
  | "forbidden"
  | "purpose"
  | "busy"
  | "too-fast"
  | "absent"
  | "too-much"
  | "changed"
  | "input"
  | "inside";

/** Why there is no answer; `message` is what the server said, where it said anything. */
export class Fault extends Error {
  constructor(
    readonly cause: Cause,
    message = "",
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

/** What passes by itself, or by signing in: what was answered before is no less true for it. */
export const PASSING: ReadonlySet<Cause> = new Set(["no-network", "too-slow", "sign-in", "busy", "too-fast"]);

/** What was thrown, as something that can be told. */
export const faultOf = (thrown: unknown): Fault => (thrown instanceof Fault ? thrown : new Fault("inside"));

// The server gives an operation 30 seconds; what has not come a little later does not come.
const LONGEST_MS = 35_000;

const CAUSES: Record<string, Cause> = {
  BAD_INPUT: "input",
  TOO_COSTLY: "too-much",
  NOT_FOUND: "absent",
  PURPOSE_REQUIRED: "purpose",
  UNAUTHENTICATED: "sign-in",
  FORBIDDEN: "forbidden",
  CONFLICT: "changed",
  TIMED_OUT: "too-slow",
  UNAVAILABLE: "busy",
  RATE_LIMITED: "too-fast",
};
const STATUSES: Record<number, Cause> = { 401: "sign-in", 403: "forbidden", 404: "absent", 413: "too-much", 429: "too-fast", 502: "busy", 503: "busy" };

/** What an answer of this status means where it says no more. */
export const causeOf = (status: number): Cause => STATUSES[status] ?? "inside";

/** The headers that say who looks, as whom, and why. */
export function headers(): Record<string, string> {
  const said: Record<string, string> = {};
  const why = purpose.value;
  if (why) said["X-Purpose"] = why.reference ? `${why.code}; ${why.reference}` : why.code;
  if (token.value) said["Authorization"] = `Bearer ${token.value}`;
  else if (lookingAs.value !== null) said["X-Viewer-User"] = lookingAs.value;
  else if (viewer.value !== null) said["X-Viewer-Markings"] = viewer.value;
  return said;
}

interface Body<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { marking?: string };
}

/** The answer to a document; throws Fault, or AbortError where `signal` says so. */
export async function ask<N extends Name>(name: N, variables: Variables<N>, signal?: AbortSignal): Promise<Answer<Data<N>>> {
  try {
    const answer = await answered(name, variables, signal);
    there();
    return answer;
  } catch (error) {
    throw noticed(error);
  }
}

/** What was thrown; a token that is not taken any more is known for that from then on. */
function noticed(error: unknown): unknown {
  if (error instanceof Fault && error.cause === "sign-in" && token.value !== null) ended.value = true;
  return error;
}

async function answered<N extends Name>(name: N, variables: Variables<N>, signal?: AbortSignal): Promise<Answer<Data<N>>> {
  const limit = AbortSignal.timeout(LONGEST_MS);
  let response: Response;
  try {
    response = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers() },
      body: JSON.stringify({ documentId: name, variables }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      cache: "no-store",
    });
  } catch (error) {
    throw signal?.aborted ? error : new Fault(limit.aborted ? "too-slow" : "no-network");
  }
  try {
    return told(response, await body<Data<N>>(response));
  } catch (error) {
    throw limit.aborted && !signal?.aborted ? new Fault("too-slow") : error;
  }
}

async function body<T>(response: Response): Promise<Body<T>> {
  try {
    return (await response.json()) as Body<T>;
  } catch {
    throw new Fault(response.ok ? "no-network" : causeOf(response.status));
  }
}

function told<T>(response: Response, answer: Body<T>): Answer<T> {
  const error = answer.errors?.[0];
  if (error || !answer.data) {
    const cause = CAUSES[error?.extensions?.code ?? ""] ?? causeOf(response.status);
    throw new Fault(cause, error?.message ?? "", Number(response.headers.get("Retry-After")) || null);
  }
  return { data: answer.data, marking: answer.extensions?.marking ?? null, request: response.headers.get("X-Request-Id") };
}

/** Answers of a subscription as they come, until `signal` says so or the server ends; throws Fault. */
export async function* watch<N extends Name>(name: N, variables: Variables<N>, signal: AbortSignal): AsyncGenerator<Answer<Data<N>>> {
  try {
    yield* streamed(name, variables, signal);
  } catch (error) {
    throw noticed(signal.aborted || error instanceof Fault ? error : new Fault("no-network"));
  }
}

async function* streamed<N extends Name>(name: N, variables: Variables<N>, signal: AbortSignal): AsyncGenerator<Answer<Data<N>>> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream", ...headers() },
    body: JSON.stringify({ documentId: name, variables }),
    signal,
    cache: "no-store",
  });
  if (!response.ok || !response.body) throw new Fault(causeOf(response.status));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.match(/^data: ?(.*)$/m)?.[1];
      if (/^event: ?next$/m.test(event) && data) yield told(response, JSON.parse(data) as Body<Data<N>>);
    }
  }
}
