// What a search found, page by page, and how much of it is shown.

import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Kind } from "../api";
import type { Data, Variables } from "../client";
import { happens, pageOf } from "../route";
import { owner, purpose } from "../session";
import { count, date, kindWord, said, value, years } from "../words";
import { useAsk, useMarking } from "./ask";
import { Icon } from "./icon";
import { More, Trouble } from "./notice";
import { Markings } from "./thing";

type Hit = Data<"explorer/search">["search"]["edges"][number]["node"];
type Question = Omit<Variables<"explorer/search">, "after">;

// So long it has stood there before it is asked how many there are in all: that costs as much as the search.
const STOOD_MS = 400;

/** What became of a page of results. */
type Came = "asked" | "failed" | { n: number; next: string | null };

interface Props {
  sought: string;
  kinds: Kind[] | null;
  where: Variables<"explorer/search">["where"];
  /** Called when the first page is there, or what is wrong. */
  answered: () => void;
}

export function Results({ sought, kinds, where, answered }: Props) {
  const question = useMemo<Question>(() => ({ text: sought, kinds, where }), []);
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [came, setCame] = useState<readonly Came[]>(["asked"]);
  const tell = (at: number, what: Came): void => {
    setCame((before) => cursors.map((_, n) => (n === at ? what : before[n] ?? "asked")));
    if (at === 0 && what !== "asked") answered();
  };
  const shown = came.reduce((all, each) => all + (typeof each === "object" ? each.n : 0), 0);
  const newest = came.at(-1)!;
  const next = typeof newest === "object" ? newest.next : null;
  const loading = newest === "asked" && cursors.length === 1;
  return (
    <section class="results" aria-label="Results" aria-busy={newest === "asked"}>
      <p class={`told ${loading ? "loading" : ""}`} role="status">
        {loading ? "Searching" : came[0] === "failed" ? "" : shown === 0 ? "Nothing found" : next === null && cursors.length === 1 ? count(shown, "result") : <Of shown={shown} whole={next === null} question={question} />}
      </p>
      {shown === 0 && typeof newest === "object" && <NoneFound sought={sought} kinds={kinds} narrowed={where !== null} />}
      {cursors.map((after, at) => <Page key={after ?? ""} question={question} after={after} sought={sought} tell={(what) => tell(at, what)} />)}
      {(next !== null || (newest === "asked" && cursors.length > 1)) && (
        <More look="button quiet" loading={newest === "asked"} more={() => { if (next !== null) { setCursors([...cursors, next]); setCame([...came, "asked"]); } }}>Show more</More>
      )}
    </section>
  );
}

/** How many are shown of how many, once it has stood for a while. */
function Of({ shown, whole, question }: { shown: number; whole: boolean; question: Question }) {
  const [stood, setStood] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStood(true), STOOD_MS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useAsk("explorer/found", stood ? question : null);
  const found = data?.search.facets[0];
  if (!found) return <>{count(shown, "result")}{!whole && ", and there are more"}</>;
  if (!found.capped) return <>{shown.toLocaleString("en-GB")} of {count(found.counted, "result")}</>;
  return <>{shown.toLocaleString("en-GB")} of the best {count(found.counted, "result")}; there are more than are looked at. Write more of it, or narrow it by kind, place and time.</>;
}

function NoneFound({ sought, kinds, narrowed }: { sought: string; kinds: Kind[] | null; narrowed: boolean }) {
  return (
    <div class="nothing">
      <h2>Nothing found for “<bdi>{sought}</bdi>”</h2>
      <ul>
        <li>Try fewer words, or a part of a name: “smi” finds Smith.</li>
        {narrowed && <li>Take away the place or the days: what has none is not found by them.</li>}
        <li>{kinds ? "Choose Everything to look among all kinds." : "Try a registration, a phone number or a reference."}</li>
        <li>What you may not see is not found.</li>
      </ul>
    </div>
  );
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
  void [owner.value, purpose.value];
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

function Page({ question, after, sought, tell }: { question: Question; after: string | null; sought: string; tell: (what: Came) => void }) {
  const variables = useMemo(() => ({ ...question, after }), []);
  const { data, fault, loading, marking, again } = useAsk("explorer/search", variables);
  const how = JSON.stringify([question.kinds, question.where]);
  const before = useMemo(() => (after === null ? meanwhile(sought, how) : null), []);
  const waits = !data && !fault ? before : null;
  const list = useRef<HTMLOListElement>(null);
  useMarking(waits?.marking ?? null);
  useLayoutEffect(() => {
    const edges = data?.search.edges;
    if (loading && !edges) return;
    tell(edges ? { n: edges.length, next: data.search.pageInfo.hasNextPage ? data.search.pageInfo.endCursor : null } : "failed");
    if (edges && after === null) last = { sought, how, edges, marking };
    // Whoever asked for more goes on with the first of it: what they pressed may be gone.
    if (edges && after !== null) list.current?.querySelector<HTMLElement>("a.hit")?.focus();
  }, [data, fault, loading]);
  const hits = data?.search.edges ?? waits?.edges ?? [];
  return (
    <>
      {fault && <Trouble fault={fault} again={again} />}
      <ol ref={list}>{hits.map(({ node }) => <li key={node.entity.id}><Row hit={node} sought={sought} /></li>)}</ol>
    </>
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
function Marked({ text, sought }: { text: string; sought: string }) {
  const words = sought.split(/[\s,]+/).filter((word) => word.length > 1).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return <>{text}</>;
  const parts = text.split(new RegExp(`(${words.join("|")})`, "gi"));
  return <>{parts.map((part, at) => (at % 2 ? <mark key={at}>{part}</mark> : part))}</>;
}
