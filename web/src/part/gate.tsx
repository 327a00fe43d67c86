// Why somebody looks, asked before anything else; and, where the installation knows its users, their token.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../client";
import { asking, beginning, ended, purpose, setPurpose, token } from "../session";
import { enter, refused, toProvider } from "../signin";
import { purposeHint, purposeWord } from "../words";

// Headers carry no more than this: see api/viewer.py.
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The same over a page that stays as it is: to change why one looks, or to sign in again. */
export function GateOver() {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => box.current?.showModal(), []);
  return <dialog class="over" ref={box} aria-label="Why are you looking?" onCancel={() => (asking.value = false)}><Gate /></dialog>;
}

export function Gate() {
  const begun = beginning.value!;
  const [code, setCode] = useState(purpose.value?.code ?? "");
  const [reference, setReference] = useState(purpose.value?.reference ?? "");
  const [secret, setSecret] = useState("");
  const [wrong, setWrong] = useState<[string, string] | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const signs = begun.auth === "oidc" && (token.value === null || ended.value);
  const pastes = signs && !begun.redirect;
  useEffect(() => heading.current?.focus(), []);
  // At once: whoever types on is not called back.
  useLayoutEffect(() => summary.current?.focus(), [wrong]);

  async function go(event: Event): Promise<void> {
    event.preventDefault();
    const text = reference.trim();
    if (!code) setWrong(["purpose-0", "Choose why you look"]);
    else if (!PRINTABLE.test(text) || text.includes(";") || text.length > 100)
      setWrong(["reference", "A reference has at most 100 plain letters, digits and signs, and no semicolon"]);
    else if (pastes && !/^[\w.~+/=-]+$/.test(secret.trim())) setWrong(["token", "Paste the access token that your identity provider gave you"]);
    else {
      try {
        if (pastes) await enter(secret.trim(), null);
        setPurpose({ code, reference: text });
        if (signs && !pastes) await toProvider();
      } catch (error) {
        const why = error instanceof Fault && error.message ? error.message : "Nobody can sign in at this moment. Try again in a minute.";
        setWrong([pastes ? "token" : "continue", why]);
      }
    }
  }

  return (
    <div class="gate">
      <form onSubmit={(event) => void go(event)} noValidate>
        <h1 tabIndex={-1} ref={heading}>Why are you looking?</h1>
        <p class="lede">Your answer is sent with every question and put on record with your name. You can change it at any time.</p>
        {!wrong && refused.value && <div class="trouble" role="alert"><h2>You are not signed in</h2><p>{refused.value}</p></div>}
        {wrong && (
          <div class="trouble" role="alert" tabIndex={-1} ref={summary}>
            <h2>There is a problem</h2>
            <p><a href={`#${wrong[0]}`} onClick={(event) => { event.preventDefault(); document.getElementById(wrong[0])?.focus(); }}>{wrong[1]}</a></p>
          </div>
        )}
        <fieldset>
          <legend>Purpose</legend>
          <div class="choices">
            {begun.purposes.map((each, at) => (
              <label key={each} class="choice">
                <input type="radio" name="purpose" id={`purpose-${at}`} value={each} checked={code === each} onChange={() => setCode(each)} />
                <span><strong>{purposeWord(each)}</strong><small>{purposeHint(each)}</small></span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="reference">Reference <span class="muted">(optional)</span></label>
          <p class="hint" id="reference-hint">A crime number, an operation or a log number, so that a reviewer knows the case</p>
          <input id="reference" type="text" value={reference} aria-describedby="reference-hint" autocomplete="off" spellcheck={false}
            onInput={(event) => setReference(event.currentTarget.value)} />
        </div>
        {pastes && (
          <div class="field">
            <label for="token">Access token</label>
            <p class="hint" id="token-hint">From your identity provider. It stays in this tab's memory and is gone when you close it.</p>
            <input id="token" type="password" value={secret} aria-describedby="token-hint" autocomplete="off"
              onInput={(event) => setSecret(event.currentTarget.value)} />
          </div>
        )}
        <p class="actions">
          <button class="button" type="submit" id="continue">{signs && !pastes ? "Sign in" : "Continue"}</button>
          {purpose.value && !signs && <button class="button quiet" type="button" onClick={() => (asking.value = false)}>Keep it as it is</button>}
        </p>
        {signs && !pastes && <p class="muted">You go to your identity provider and come back to this page. What it gives stays in this tab's memory and is gone when you close it.</p>}
        {begun.auth === "none" && <p class="muted">Nobody signs in on this installation: it serves this machine only, and the record names “developer”, or the user as whom you look.</p>}
      </form>
    </div>
  );
}
