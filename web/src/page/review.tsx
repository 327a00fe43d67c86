// The queue of pairs that may be one: each looked at, decided or left, with four keys.

import { signal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useAsk } from "../part/ask";
import { Trouble, Waiting } from "../part/notice";
import { Pair, type Compared } from "../part/pair";
import { Thing } from "../part/thing";
import { MayNot, Word, type Said, type Saying } from "../part/word";
import { count } from "../words";

const PAGE = 10;
const KEYS: [string, string, "SAME" | "DIFFERENT" | "later" | "undo"][] = [
  ["s", "Same", "SAME"], ["d", "Different", "DIFFERENT"], ["l", "Later", "later"], ["u", "Undo the last", "undo"],
];
/** Letters act by themselves: whoever dictates or types by accident can turn that off. */
const keysOn = signal(true);

interface Done extends Said {
  pair: Compared;
}

const names = (pair: Compared): string => [pair.a, pair.b].map((side) => side.entity?.label ?? side.source.name).join(" and ");

export function Review(_: { id: string }) {
  const [after, setAfter] = useState<string | null>(null);
  const { data, fault, loading, again } = useAsk("explorer/review", { first: PAGE, after });
  const [at, setAt] = useState(0);
  const [saying, setSaying] = useState<Saying | null>(null);
  const [history, setHistory] = useState<Done[]>([]);
  const [brought, setBrought] = useState<Compared | null>(null);
  const [told, setTold] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const queue = data?.reviewQueue;
  const undone = saying?.what === "RETRACT" ? history.at(-1)?.pair : undefined;
  // While the next page comes nothing of this one is to be decided.
  const pair = undone ?? brought ?? (loading || (fault && !queue) ? undefined : queue?.edges[at]?.node.pair);
  const open = saying !== null;

  /** The pair behind this one, of the next page where this one is at its end. */
  function next(): void {
    setSaying(null);
    if (brought) setBrought(null);
    else if (queue && at + 1 >= queue.edges.length && queue.pageInfo.hasNextPage) {
      setAfter(queue.pageInfo.endCursor);
      setAt(0);
    } else setAt(at + 1);
    heading.current?.focus();
  }

  function begin(): void {
    setAt(0);
    setSaying(null);
    if (after === null) again();
    else setAfter(null);
  }

  function act(what: (typeof KEYS)[number][2]): void {
    if (what === "undo") {
      const last = history.at(-1);
      if (last) setSaying({ what: "RETRACT", a: last.saying.a, b: last.saying.b, decision: last.decision });
      else setTold("Nothing was decided here yet that could be undone.");
    } else if (!pair) return;
    else if (what === "later") {
      setTold(`Left for later: ${names(pair)}.`);
      next();
    } else setSaying({ what, a: pair.a.id, b: pair.b.id });
  }

  function done(said: Said): void {
    if (said.saying.what === "RETRACT") {
      const last = history.at(-1);
      setHistory(history.slice(0, -1));
      setBrought(last?.pair ?? null);
      setSaying(null);
      setTold(last ? `Taken back: ${names(last.pair)} wait again.` : "");
      heading.current?.focus();
    } else if (pair) {
      setHistory([...history, { ...said, pair }]);
      setTold(`Said: ${names(pair)} are ${said.saying.what === "SAME" ? "one" : "two"}.`);
      next();
    }
  }

  // With what is drawn, not after it: a key pressed as soon as a pair is there is of that pair.
  useLayoutEffect(() => {
    function pressed(event: KeyboardEvent): void {
      const target = event.target as HTMLElement;
      if (!keysOn.value || open || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      const key = KEYS.find(([letter]) => letter === event.key.toLowerCase());
      if (!key) return;
      event.preventDefault();
      act(key[2]);
    }
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });

  const left = queue ? Math.max(queue.totalCount - history.filter((each) => each.saying.what !== "RETRACT").length, 0) : 0;
  return (
    <article class="review">
      <header class="head">
        <h1 tabIndex={-1} ref={heading}>Review queue</h1>
        <p class="lede muted">Pairs that may be one and wait for somebody's word; those first whose answer is worth most. {queue && <span>{count(left, "pair")}{queue.totalCountCapped && " or more"} waiting.</span>}</p>
        <MayNot />
        <p class="keys" role="group" aria-label="What to do with this pair">
          {KEYS.map(([letter, words, what]) => (
            <button key={letter} type="button" class={`button ${what === "SAME" || what === "DIFFERENT" ? "" : "quiet"}`} aria-keyshortcuts={letter}
              disabled={what === "undo" ? history.length === 0 : !pair} onClick={() => act(what)}>{words} <kbd>{letter}</kbd></button>
          ))}
          <label class="check"><input type="checkbox" checked={keysOn.value} onChange={() => (keysOn.value = !keysOn.value)} /> Letters act as keys</label>
        </p>
        <p class="told" role="status">{told}</p>
      </header>
      {fault && <Trouble fault={fault} again={again} />}
      {!fault && !data && loading && <Waiting what="Reading the queue" />}
      {saying && <Word key={JSON.stringify(saying)} saying={saying} done={done} cancel={() => { setSaying(null); heading.current?.focus(); }} />}
      {pair && <Pair key={`${pair.a.id}${pair.b.id}`} pair={pair} />}
      {!pair && queue && !loading && (
        <div class="nothing">
          <h2>{queue.totalCount === 0 ? "Nothing waits" : "That was all of them"}</h2>
          <p>{queue.totalCount === 0 ? "No pair that you may see waits for a word." : "What you left for later comes again from the beginning."}</p>
          <p class="actions"><button type="button" class="button" onClick={begin}>Begin again</button></p>
        </div>
      )}
      {history.length > 0 && (
        <section class="card">
          <h2>Decided here</h2>
          <ol class="plain">{[...history].reverse().map((each) => (
            <li key={each.decision}>{each.saying.what === "SAME" ? "One: " : "Two: "}{each.entities.map((entity) => <span key={entity.id}><Thing thing={entity} /> </span>)}</li>
          ))}</ol>
        </section>
      )}
    </article>
  );
}
