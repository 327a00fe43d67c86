// What went wrong and what to do, in words for whoever stands there.

import { effect, untracked } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { found, gone } from "../away";
import type { Cause, Fault } from "../client";
import { asking, beginning, ended, token } from "../session";
import { to } from "../route";
import { toProvider } from "../signin";

export const WORDS: Record<Cause, [string, string]> = {
  "no-network": ["No connection to polegraph", "Check that you are online and that the server runs."],
  "too-slow": ["This took too long and was stopped", "Ask for less: fewer hops, a shorter time or another name. Then try again."],
  "sign-in": ["You are not signed in", "Your sign-in is missing or has ended. Sign in again, and this goes on."],
  forbidden: ["Your role may not do this", "If you need it for your work, ask your supervisor for the role."],
  purpose: ["Say why you look", "Every look needs a purpose. It is put on record with your name."],
  busy: ["polegraph is busy or its database is away", "If it stays away, tell the operator."],
  "too-fast": ["You ask faster than one user may", "Wait a moment."],
  absent: ["There is nothing here", "It does not exist, or you may not see it. Both look the same."],
  "too-much": ["That is too much at once", "Ask for less: fewer hops, fewer things, a shorter time."],
  changed: ["The data has changed meanwhile", "Look again before you decide."],
  input: ["Something in the question is wrong", "Change what you entered and try again."],
  inside: ["Something went wrong inside", "Try again. If it happens again, tell the operator what is said here."],
};

const AWAY: ReadonlySet<Cause> = new Set(["no-network", "busy"]);

/** Have `again` called once what is in the way is gone: polegraph answers, somebody is signed in, the time is over. */
function useAgain(fault: Fault, again: (() => void) | undefined): void {
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    if (!latest.current) return;
    const once = (): void => latest.current?.();
    if (fault.cause === "too-fast") {
      const timer = setTimeout(once, (fault.retryAfter ?? 1) * 1_000);
      return () => clearTimeout(timer);
    }
    const awaited = AWAY.has(fault.cause) ? found : fault.cause === "sign-in" ? token : null;
    if (awaited === null) return;
    if (awaited === found) gone();
    const before = awaited.peek();
    return effect(() => { if (awaited.value !== before) untracked(once); });
  }, [fault]);
}

/** What goes on by itself, and what has to be done again by whoever did it. */
function further({ cause }: Fault, again: boolean): string {
  if (!AWAY.has(cause) && cause !== "too-fast") return "";
  return again ? " It goes on by itself then; what is on screen may be old." : " What you entered is still here: do it again then.";
}

/** An error, with what to do about it; `quiet`: it is told elsewhere already. */
export function Trouble({ fault, again, quiet = false }: { fault: Fault; again?: () => void; quiet?: boolean }) {
  useAgain(fault, again);
  if (quiet) return null;
  const [title, advice] = WORDS[fault.cause];
  return (
    <div class="trouble" role="alert">
      <h2>{title}</h2>
      <p>{advice}{further(fault, again !== undefined)}{fault.retryAfter !== null && fault.retryAfter > 1 && ` It asks for ${fault.retryAfter} seconds.`}</p>
      {fault.message && <p class="said">polegraph says: {fault.message}</p>}
      <p class="actions">
        {fault.cause === "purpose" ? (
          <button type="button" class="button" onClick={() => (asking.value = true)}>Say why</button>
        ) : fault.cause === "sign-in" && beginning.value?.auth === "oidc" ? (
          // Where it has ended, the bar above says so, with the way in.
          !ended.value && <button type="button" class="button" onClick={signIn}>Sign in</button>
        ) : (
          again && <button type="button" class="button" onClick={again}>Try again</button>
        )}
      </p>
    </div>
  );
}

/** To the identity provider, and back to this place; where there is none, or it is away, a token is asked for. */
export function signIn(): void {
  const ask = (): void => { asking.value = true; };
  if (beginning.value?.redirect) toProvider().catch(ask);
  else ask();
}

export function Waiting({ what }: { what: string }) {
  return <p class="waiting" role="status"><span class="spinner" aria-hidden="true" />{what}</p>;
}

/** What asks for the next page of a list, and says that it comes. */
export function More({ loading, more, children, told = "", look = "link" }: { loading: boolean; more: () => void; children: ComponentChildren; told?: string; look?: string }) {
  return (
    <p class="more">
      <button type="button" class={look} aria-disabled={loading} onClick={more}>{children}</button>
      <span class="small muted" role="status">{loading ? "Looking for more…" : told}</span>
    </p>
  );
}

/** Said where there is nothing, or nothing that whoever looks may see. */
export function Nothing({ heading }: { heading: string }) {
  return (
    <article class="prose">
      <h1>{heading}</h1>
      <p>It does not exist, or you may not see it. Both look the same.</p>
      <p><a href={to("search")}>Search</a></p>
    </article>
  );
}

/** A small label beside a thing. */
export function Tag({ children, tone = "plain" }: { children: ComponentChildren; tone?: string }) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}
