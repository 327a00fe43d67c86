// What went wrong and what to do, in words for whoever stands there.

import type { ComponentChildren } from "preact";
import type { Cause, Fault } from "../client";
import { asking, beginning, token } from "../session";
import { go } from "../signin";

const WORDS: Record<Cause, [string, string]> = {
  "no-network": ["No connection to polegraph", "Check that you are online and that the server runs. What is on screen may be old."],
  "too-slow": ["This took too long and was stopped", "Ask for less: fewer hops, a shorter time or another name. Then try again."],
  "sign-in": ["You are not signed in", "Your sign-in is missing or has ended. Sign in again to go on."],
  forbidden: ["Your role may not do this", "If you need it for your work, ask your supervisor for the role."],
  purpose: ["Say why you look", "Every look needs a purpose. It is put on record with your name."],
  busy: ["polegraph is busy or its database is away", "Wait a moment and try again. If it stays away, tell the operator."],
  absent: ["There is nothing here", "It does not exist, or you may not see it. Both look the same."],
  "too-much": ["That is too much at once", "Ask for less: fewer hops, fewer things, a shorter time."],
  changed: ["The data has changed meanwhile", "Look again before you decide."],
  input: ["Something in the question is wrong", "Change what you entered and try again."],
  inside: ["Something went wrong inside", "Try again. If it happens again, tell the operator what is said here."],
};

/** An error, with what to do about it. */
export function Trouble({ fault, again }: { fault: Fault; again?: () => void }) {
  const [title, advice] = WORDS[fault.cause];
  return (
    <div class="trouble" role="alert">
      <h2>{title}</h2>
      <p>{advice}{fault.retryAfter !== null && fault.retryAfter > 1 && ` It asks for ${fault.retryAfter} seconds.`}</p>
      {fault.message && <p class="said">polegraph says: {fault.message}</p>}
      <p class="actions">
        {fault.cause === "purpose" ? (
          <button type="button" class="button" onClick={() => (asking.value = true)}>Say why</button>
        ) : fault.cause === "sign-in" && beginning.value?.auth === "oidc" ? (
          <button type="button" class="button" onClick={signIn}>Sign in</button>
        ) : (
          again && <button type="button" class="button" onClick={again}>Try again</button>
        )}
      </p>
    </div>
  );
}

/** To the identity provider, and back to this place; where there is none, or it is away, a token is asked for. */
export function signIn(): void {
  const ask = (): void => { token.value = null; asking.value = true; };
  if (beginning.value?.redirect) go().catch(ask);
  else ask();
}

export function Waiting({ what }: { what: string }) {
  return <p class="waiting" role="status"><span class="spinner" aria-hidden="true" />{what}</p>;
}

/** A small label beside a thing. */
export function Tag({ children, tone = "plain" }: { children: ComponentChildren; tone?: string }) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}
