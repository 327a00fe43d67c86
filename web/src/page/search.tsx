// Search as you type. What is sought stays in this tab: no address and no history holds it.

import { effect, signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Data, Variables } from "../client";
import type { Kind } from "../api";
import { useAsk, useMarking } from "../part/ask";
import { Icon } from "../part/icon";
import { Trouble } from "../part/notice";
import { Markings } from "../part/thing";
import { Narrow, narrowed, where } from "../part/narrow";
import { happens, pageOf, to } from "../route";
import { purpose, token, viewer } from "../session";
import { count, date, kindWord, said, value, years } from "../words";

type Hit = Data<"explorer/search">["search"]["edges"][number]["node"];

const SHORTEST = 2;
// Each question is put on record: the first letter asks at once, of those that come fast after it only the last.
const PAUSE_MS = 50;

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
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const text = typed.value.trim();
    if (text === sought) return;
    const ask = (): void => { asked.current = performance.now(); setSought(text); setCursors([null]); };
    const left = asked.current + PAUSE_MS - performance.now();
    if (left <= 0) return ask();
    const timer = setTimeout(ask, left);
    return () => clearTimeout(timer);
  }, [typed.value, sought]);
  const by = narrowed.value;
  const kinds = by.kinds.length ? (by.kinds as Kind[]) : FILTERS[filter.value]![1];
  const key = JSON.stringify([sought, kinds, by]);
  const ready = sought.length >= SHORTEST;

  function choose(at: number): void {
    filter.value = at;
    narrowed.value = { ...narrowed.value, kinds: [] };
    setCursors([null]);
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
          onInput={(event) => (typed.value = event.currentTarget.value)} />
      </form>
      <div class="filters" role="group" aria-label="Show only">
        {FILTERS.map(([words], at) => (
          <button key={words} type="button" class="chip" aria-pressed={by.kinds.length === 0 && filter.value === at} onClick={() => choose(at)}>{words}</button>
        ))}
      </div>
      {ready && <Narrow sought={sought} kinds={FILTERS[filter.value]![1]} changed={() => setCursors([null])} />}
      {ready ? (
        <>
          {cursors.map((after, at) => (
            <Results key={`${key}|${after}`} sought={sought} kinds={kinds} where={where(by)} after={after} first={at === 0}
              more={at === cursors.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : null} />
          ))}
        </>
      ) : (
        <Hints />
      )}
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

interface Page {
  sought: string;
  kinds: Kind[] | null;
  where: Variables<"explorer/search">["where"];
  after: string | null;
  first: boolean;
  more: ((cursor: string) => void) | null;
}

/** The first page of what was found last, as it may be shown until the next comes. */
interface Found {
  sought: string;
  /** Among what. */
  how: string;
  edges: Data<"explorer/search">["search"]["edges"];
  marking: string | null;
}

let last: Found | null = null;
// To whoever looks as somebody else, or for another purpose, it is not shown.
effect(() => {
  void [viewer.value, token.value, purpose.value];
  last = null;
});

/** Of what was found for fewer letters, what these letters find too: shown until the answer comes. */
function meanwhile(sought: string, how: string): Found | null {
  if (!last || last.how !== how || !sought.startsWith(last.sought) || sought === last.sought) return null;
  const words = sought.toLowerCase().split(/\s+/);
  const edges = last.edges.filter(({ node }) => {
    const text = [node.entity.label, ...node.matched.map((each) => each.value)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return edges.length ? { ...last, edges } : null;
}

function Results({ sought, kinds, where, after, first, more }: Page) {
  const variables = useMemo<Variables<"explorer/search">>(() => ({ text: sought, kinds, where, after }), []);
  const { data, fault, loading, marking, again } = useAsk("explorer/search", variables);
  const how = JSON.stringify([kinds, where]);
  const before = useMemo(() => (first ? meanwhile(sought, how) : null), [how]);
  const waits = first && !data && !fault ? before : null;
  useMarking(waits?.marking ?? null);
  useEffect(() => { if (first && data) last = { sought, how, edges: data.search.edges, marking }; }, [data]);
  const hits = data?.search.edges ?? waits?.edges ?? [];
  const next = data?.search.pageInfo;
  const told = loading ? "Searching" : hits.length === 0 ? "Nothing found" : `${count(hits.length, "result")}${next?.hasNextPage ? ", and there are more" : ""}`;
  return (
    <section class="results" aria-label="Results" aria-busy={loading}>
      {first && <p class={`told ${loading ? "loading" : ""}`} role="status">{fault ? "" : told}</p>}
      {fault && <Trouble fault={fault} again={again} />}
      {first && data && hits.length === 0 && (
        <div class="nothing">
          <h2>Nothing found for “<bdi>{sought}</bdi>”</h2>
          <ul>
            <li>Try fewer words, or a part of a name: “smi” finds Smith.</li>
            {where && <li>Take away the place or the days: what has none is not found by them.</li>}
            <li>{kinds ? "Choose Everything to look among all kinds." : "Try a registration, a phone number or a reference."}</li>
            <li>What you may not see is not found.</li>
          </ul>
        </div>
      )}
      <ol>{hits.map(({ node }) => <li key={node.entity.id}><Row hit={node} sought={sought} /></li>)}</ol>
      {more && next?.hasNextPage && next.endCursor && (
        <button type="button" class="button quiet" onClick={() => more(next.endCursor!)}>Show more</button>
      )}
    </section>
  );
}

function Row({ hit, sought }: { hit: Hit; sought: string }) {
  const thing = hit.entity;
  const matched = hit.matched.filter((each) => !thing.label.toLowerCase().includes(each.value.toLowerCase()));
  return (
    <a class="hit" href={pageOf(thing)}>
      <Icon kind={thing.kind} />
      <span class="what">
        <span class="label"><bdi><Marked text={thing.label} sought={sought} /></bdi> <Markings texts={thing.markings} /></span>
        <span class="about">
          {kindWord(thing.kind)}
          {about(thing).map((text) => <span key={text}> · <bdi>{text}</bdi></span>)}
          {matched.slice(0, 3).map((each) => <span key={each.name}> · {said(each.name)} <bdi><Marked text={value(each.name, each.value)} sought={sought} /></bdi></span>)}
        </span>
      </span>
      <span class="links" title="Links that you may see">{count(thing.degree, "link")}</span>
      <Score value={hit.score} />
    </a>
  );
}

function about(thing: Hit["entity"]): string[] {
  const said: string[] = [];
  if (thing.dateOfBirth) said.push(`born ${date(thing.dateOfBirth)}, ${years(thing.dateOfBirth)}`);
  else if (thing.yearOfBirth) said.push(`born ${thing.yearOfBirth}`);
  const car = [thing.colour, thing.make, thing.model].filter(Boolean).join(" ");
  if (car) said.push(car);
  if (thing.aliases?.length) said.push(`also ${thing.aliases.slice(0, 3).join(", ")}`);
  if (happens(thing.kind) && thing.occurredFrom) said.push(date(thing.occurredFrom, thing.occurredPrecision));
  return said;
}

/** How well it matches: between nothing and all, as a bar. */
function Score({ value }: { value: number }) {
  const width = Math.round(value * 100);
  return (
    <span class="score" title={`Matches by ${width} of 100`}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="6" rx="3" class="track" /><rect width={width} height="6" rx="3" class="fill" /></svg>
      <span class="hidden">matches by {width} of 100</span>
    </span>
  );
}

/** A text with the parts marked that begin with what is sought. */
export function Marked({ text, sought }: { text: string; sought: string }) {
  const words = sought.split(/[\s,]+/).filter((word) => word.length > 1).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return <>{text}</>;
  const parts = text.split(new RegExp(`(${words.join("|")})`, "gi"));
  return <>{parts.map((part, at) => (at % 2 ? <mark key={at}>{part}</mark> : part))}</>;
}
