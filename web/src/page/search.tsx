// Search as you type. What is sought stays in this tab: no address and no history holds it.

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Kind } from "../api";
import { Narrow, narrowed, where } from "../part/narrow";
import { Results } from "../part/results";
import { to } from "../route";

const SHORTEST = 2;
// Each question is put on record, and costs: of letters that come while an answer is under way only the last is asked
// for, when it is there, or at once where it takes longer than this.
const PATIENCE_MS = 150;

const FILTERS: [string, Kind[] | null][] = [
  ["Everything", null],
  ["People", ["PERSON"]],
  ["Vehicles", ["VEHICLE"]],
  ["Phones", ["PHONE"]],
  ["Addresses and places", ["ADDRESS", "PLACE", "POSTCODE", "AREA"]],
  ["Organisations", ["ORGANISATION"]],
  ["Events", ["CRIME", "INCIDENT", "STOP_SEARCH", "ARREST", "CUSTODY", "SAFEGUARDING", "PUBLIC_EVENT"]],
  ["Intelligence", ["INTEL_REPORT"]],
];

const typed = signal("");
const filter = signal(0);

export function Search(_: { id: string }) {
  const [sought, setSought] = useState(typed.value.trim());
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef({ text: sought, since: -Infinity, timer: 0 });
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => clearTimeout(asked.current.timer), []);

  /** Ask for what stands there, once nothing else is under way. */
  function next(): void {
    const now = asked.current;
    clearTimeout(now.timer);
    const text = typed.value.trim();
    if (text === now.text) return;
    const left = now.since + PATIENCE_MS - performance.now();
    if (left > 0) {
      now.timer = setTimeout(next, left);
      return;
    }
    now.text = text;
    now.since = text.length < SHORTEST ? -Infinity : performance.now();
    setSought(text);
  }

  function answered(): void {
    asked.current.since = -Infinity;
    next();
  }

  const by = narrowed.value;
  const kinds = by.kinds.length ? (by.kinds as Kind[]) : FILTERS[filter.value]![1];
  const key = JSON.stringify([sought, kinds, by]);
  const ready = sought.length >= SHORTEST;

  function choose(at: number): void {
    filter.value = at;
    narrowed.value = { ...narrowed.value, kinds: [] };
  }

  /** Up and down go through the input and the results; Escape goes back to the input. */
  function keys(event: KeyboardEvent): void {
    const results = [...document.querySelectorAll<HTMLElement>(".results a.hit")];
    const at = results.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && at >= 0) input.current?.focus();
    else if (step === undefined || results.length === 0 || (document.activeElement as HTMLElement).tagName === "BUTTON" || (document.activeElement as HTMLElement).closest(".narrow")) return;
    else if (at + step < 0) input.current?.focus();
    else results[Math.min(at + step, results.length - 1)]?.focus();
    event.preventDefault();
  }

  return (
    <div class="search" onKeyDown={keys}>
      <form role="search" onSubmit={(event) => { event.preventDefault(); document.querySelector<HTMLElement>(".results a.hit")?.click(); }}>
        <h1><label for="sought">Search</label></h1>
        <p class="hint" id="sought-hint">A name, a registration, a phone, an address, a reference. Typing errors are fine.</p>
        <input id="sought" ref={input} type="search" class="sought" value={typed.value} aria-describedby="sought-hint" autocomplete="off"
          autocapitalize="off" spellcheck={false} enterkeyhint="search" maxLength={200}
          onInput={(event) => { typed.value = event.currentTarget.value; next(); }} />
      </form>
      <div class="filters" role="group" aria-label="Show only">
        {FILTERS.map(([words], at) => (
          <button key={words} type="button" class="chip" aria-pressed={by.kinds.length === 0 && filter.value === at} onClick={() => choose(at)}>{words}</button>
        ))}
      </div>
      {ready && <Narrow sought={sought} kinds={FILTERS[filter.value]![1]} />}
      {ready ? <Results key={key} sought={sought} kinds={kinds} where={where(by)} answered={answered} /> : <Hints />}
    </div>
  );
}

function Hints() {
  return (
    <section class="hints" aria-label="What you can do here">
      <div><h2>From the keyboard</h2><p><kbd>↓</kbd> <kbd>↑</kbd> go through the results, <kbd>Enter</kbd> opens one, <kbd>Esc</kbd> goes back, <kbd>/</kbd> searches from any page.</p></div>
      <div><h2>At the roadside</h2><p><a href={to("stop")}>Stop check</a> answers for a registration, a name or a phone on one small screen, warnings first.</p></div>
      <div><h2>What you see</h2><p>Only what your markings allow. What you may not see looks the same as what is not there. Every search is on record.</p></div>
    </section>
  );
}
