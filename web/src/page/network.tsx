// A network: what is around somebody, step by step, filtered, pinned, taken away.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, Fault, faultOf } from "../client";
import { add, all, ALL, mark, NONE, noted, shown, span } from "../network/model";
import type { Drawing } from "../network/drawing";
import { put, take, warm } from "../network/stage";
import { Chosen } from "../network/chosen";
import { FilterPanel } from "../network/filter";
import { Things } from "../network/list";
import { Exports } from "../network/export";
import { Lasso } from "../network/lasso";
import { Many } from "../network/many";
import { become, before, filters, kept, marked, marking, network, places, undo } from "../network/state";
import { Understand } from "../network/understand";
import { Keep, open, Shelf } from "../network/workspace";
import { whenIdle } from "../idle";
import { useMarking } from "../part/ask";
import { Trouble, Waiting } from "../part/notice";
import { to } from "../route";
import { count } from "../words";

// These files are often here before anybody comes: see main.tsx.
whenIdle(warm);

// One step at a time, so that it can be followed; what was left out is said.
const LIMIT = 250;

export function NetworkPage({ id }: { id: string }) {
  const [selected, setSelected] = useState<string | null>(id || null);
  const [from, setFrom] = useState<string | null>(null);
  const [busy, setBusy] = useState("");
  const [fault, setFault] = useState<{ fault: Fault; again: () => void } | null>(null);
  const [news, setNews] = useState("");
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [draws, setDraws] = useState(false);
  const [moves, setMoves] = useState(false);
  useMarking(marking.value);
  // As it is now: before what is shown of it is drawn, another may have begun.
  const of = network.value;
  const view = useMemo(() => shown(of, filters.value), [of, filters.value]);
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [cannot, setCannot] = useState(false);

  // What is being asked. Whoever stops it, or goes to another network, gets nothing of it any more.
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  async function attempt(what: string, doing: (signal: AbortSignal) => Promise<void>): Promise<void> {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setBusy(what);
    try {
      await doing(mine.signal);
      setFault(null);
    } catch (error) {
      if (!mine.signal.aborted) setFault({ fault: faultOf(error), again: () => void attempt(what, doing) });
    } finally {
      if (asking.current === mine) setBusy("");
    }
  }

  function stop(): void {
    asking.current?.abort();
    setFault(null);
    setNews(`${busy} was stopped.`);
    setBusy("");
  }

  const expand = (start: string): Promise<void> =>
    attempt("Expanding", async (signal) => {
      const answer = await ask("explorer/network", { ids: [start], hops: 1, limit: LIMIT }, signal);
      const found = answer.data.expand;
      if (!found.nodes.some((node) => node.id === start)) throw new Fault("absent");
      const had = network.value.nodes.size;
      const name = found.nodes.find((node) => node.id === start)?.label ?? "it";
      const left = found.truncated ? [`Around ${name}: ${count(found.truncated.suppressed, "thing")} left out (${found.truncated.reason})`] : [];
      become(add(network.value, found, [start], left));
      marked(answer.marking);
      setNews(`${count(network.value.nodes.size - had, "thing")} added around ${name}. ${left.join(". ")}`);
    });

  const path = (start: string, end: string): Promise<void> =>
    attempt("Looking for a path", async (signal) => {
      const answer = await ask("explorer/paths", { from: start, to: end, maxHops: 6 }, signal);
      const { paths, complete, truncated } = answer.data.paths;
      const known = new Set([start, end]);
      const found = { nodes: paths.flatMap((each) => each.nodes), links: paths.flatMap((each) => each.links) };
      become(mark(add(network.value, found, [...known].filter((each) => found.nodes.some((node) => node.id === each))), paths));
      marked(answer.marking);
      const shortest = paths[0];
      setNews(
        shortest
          ? `${count(paths.length, "path")}, the shortest over ${count(shortest.length, "link")}${shortest.weakest ? `, its weakest link graded ${shortest.weakest.label}` : ""}.${truncated ? ` Not all were looked at: ${truncated.reason}.` : ""}`
          : complete ? "Nothing that you may see joins these two within six steps." : `No path found, but not all was looked at${truncated ? `: ${truncated.reason}` : ""}.`,
      );
      setFrom(null);
    });

  const connect = (ids: string[]): Promise<void> =>
    attempt("Connecting", async (signal) => {
      const answer = await ask("explorer/connect", { ids, maxHops: 4 }, signal);
      const { nodes, links, truncated } = answer.data.connect;
      become(mark(add(network.value, { nodes, links }, []), [{ links }]));
      marked(answer.marking);
      const between = nodes.filter((node) => !ids.includes(node.id)).length;
      setNews(`${count(ids.length, "thing")} connected through ${count(between, "other")}.${truncated ? ` ${truncated.reason}.` : ""}`);
    });

  const reopen = (workspace: string): Promise<void> =>
    attempt("Opening the workspace", async (signal) => {
      await open(workspace, signal);
      setSelected(null);
      choose(new Set());
      setNews(`“${kept.value?.name}” is as you left it: ${count(network.value.nodes.size, "thing")}.`);
    });

  useEffect(() => {
    if (id && !network.value.starts.includes(id)) {
      // Somebody else is another question: what was looked at before can be had back by Undo.
      if (network.value.nodes.size) become(NONE);
      marking.value = null;
      filters.value = ALL;
      kept.value = null;
      void expand(id);
    }
  }, [id]);

  const empty = network.value.nodes.size === 0;
  useEffect(() => {
    if (empty || !place.current) return;
    try {
      drawing.current = take(place.current, { select: setSelected, expand: (node) => void expand(node), pin, moves: setMoves });
    } catch {
      setCannot(true);
    }
    const redress = (): void => drawing.current?.redress();
    const watcher = new MutationObserver(redress);
    watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redress);
    return () => {
      watcher.disconnect();
      scheme.removeEventListener("change", redress);
      // Whoever comes back from a profile or a brief finds everything where it stood.
      if (drawing.current) {
        places.value = drawing.current.places();
        put(drawing.current);
      }
      drawing.current = null;
    };
  }, [empty]);
  useEffect(() => drawing.current?.draw(of, view, places.value), [view]);
  useEffect(() => drawing.current?.choose(chosen), [chosen, view]);
  useEffect(() => drawing.current?.select(selected), [selected, view]);

  function pin(node: string): void {
    const pinned = new Set(network.value.pinned);
    pinned.add(node);
    become({ ...network.value, pinned });
  }

  function toggle(set: "pinned" | "away", node: string): void {
    const next = new Set(network.value[set]);
    if (!next.delete(node)) next.add(node);
    become({ ...network.value, [set]: next });
    if (set === "away") setSelected(null);
  }

  function back(): void {
    if (undo()) setNews("The last step was undone.");
  }

  function step(next: typeof network.value, words: string): void {
    become(next);
    setNews(words);
  }

  if (empty) {
    return (
      <article class="prose">
        <h1>Network</h1>
        {fault && <Trouble {...fault} />}
        {busy ? <div class="waits"><Waiting what="Reading the network" /><button type="button" class="button quiet" onClick={stop}>Stop</button></div> : (
          <>
            {news && <p class="news" role="status">{news}</p>}
            <p>A network begins with somebody or something. <a href={to("search")}>Search</a>, open a profile, and choose “Open the network”.</p>
            <p class="muted">Then expand it step by step, filter it by kind, grade and time, find paths, note what you think, keep it, and take it away as a brief, a picture or a file.</p>
            {!fault && <Shelf open={(workspace) => void reopen(workspace)} />}
          </>
        )}
      </article>
    );
  }

  const one = selected !== null ? network.value.nodes.get(selected) ?? null : null;
  const many = [...chosen].filter((each) => view.nodes.has(each));
  return (
    <div class="network">
      <section class="stage" aria-label="Drawing">
        <h1 class="hidden">Network</h1>
        <div class="canvas" ref={place} data-testid="canvas" data-rest={!moves} aria-hidden="true" />
        {draws && <Lasso done={(line) => { choose(new Set([...chosen, ...(drawing.current?.within(line) ?? [])])); setDraws(false); }} />}
        {cannot && <p class="cannot">This browser cannot draw it (no WebGL). The list has everything.</p>}
        <div class="tools" role="toolbar" aria-label="Drawing">
          <button type="button" onClick={() => drawing.current?.zoom(0.7)} aria-label="Nearer">+</button>
          <button type="button" onClick={() => drawing.current?.zoom(1.4)} aria-label="Further">−</button>
          <button type="button" onClick={() => drawing.current?.whole()}>Whole</button>
          <button type="button" onClick={() => drawing.current?.draw(network.value, view, places.value, true)}>Arrange again</button>
          <button type="button" aria-pressed={draws} onClick={() => setDraws(!draws)}>Lasso</button>
          <button type="button" onClick={back} disabled={before.value.length === 0}>Undo</button>
        </div>
        <p class="tally" role="status">
          {busy ? <>{busy}… <button type="button" class="link" onClick={stop}>Stop</button></> : <>{count(view.nodes.size, "thing")}, {count(view.ties.size, "tie")}{view.hidden > 0 && `; ${view.hidden} not shown`}</>}
          <span class="hidden"> {news}</span>
        </p>
      </section>
      <aside class="network-side" aria-label="What is drawn">
        {fault && <Trouble {...fault} />}
        {news && <p class="news">{news}</p>}
        {many.length > 0 && (
          <Many chosen={new Set(many)} labels={many.map((each) => network.value.nodes.get(each)!.label)} busy={busy !== ""}
            pin={() => step(all(network.value, "pinned", many), `${count(many.length, "thing")} pinned.`)}
            putAway={() => { step(all(network.value, "away", many), `${count(many.length, "thing")} put away.`); choose(new Set()); }}
            note={(text) => step(noted(network.value, many, text), `Noted at ${count(many.length, "thing")}.`)}
            connect={() => void connect(many)} leave={() => choose(new Set())} />
        )}
        {one ? (
          <Chosen key={one.id} node={one} network={network.value} view={view} from={from} busy={busy !== ""} select={setSelected}
            expand={() => void expand(one.id)} pin={() => toggle("pinned", one.id)} putAway={() => toggle("away", one.id)}
            note={(text) => step(noted(network.value, [one.id], text), text.trim() ? "Noted." : "The note was taken away.")}
            startPath={() => setFrom(one.id)} endPath={() => from && void path(from, one.id)} />
        ) : (
          <p class="muted">Choose something in the drawing or in the list. A double click expands it; a lasso chooses many.</p>
        )}
        {from && <p class="from">Path from <strong><bdi>{network.value.nodes.get(from)?.label}</bdi></strong>: choose where to. <button type="button" class="link" onClick={() => setFrom(null)}>Leave it</button></p>}
        {network.value.path.size > 0 && <p><button type="button" class="link" onClick={() => become({ ...network.value, path: new Set() })}>Take the mark off the path</button></p>}
        <FilterPanel network={network.value} view={view} filters={filters.value} change={(next) => (filters.value = next)} months={span(network.value)} />
        {(network.value.left.length > 0 || network.value.away.size > 0) && (
          <section>
            <h2>Left out</h2>
            <ul class="left">
              {network.value.left.map((text) => <li key={text}>{text}</li>)}
              {network.value.away.size > 0 && <li>{count(network.value.away.size, "thing")} put away by hand. <button type="button" class="link" onClick={() => become({ ...network.value, away: new Set() })}>Bring back</button></li>}
            </ul>
          </section>
        )}
        <Understand network={network.value} view={view} filters={filters.value} select={(node) => { setSelected(node); drawing.current?.show(node); }}
          become={(next, text, words) => { step(next, words); marked(text); }} />
        <Things network={network.value} view={view} selected={selected} many={chosen} choose={choose} select={(node) => { setSelected(node); drawing.current?.show(node); }} expand={(node) => void expand(node)} />
        <Keep open={(workspace) => void reopen(workspace)} where={() => drawing.current?.places() ?? places.value} />
        <Exports drawing={drawing} network={network.value} view={view} filters={filters.value} limit={LIMIT} />
      </aside>
    </div>
  );
}
