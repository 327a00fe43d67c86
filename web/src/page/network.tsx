// A network: what is around somebody, step by step, filtered, pinned, taken away.

import { effect, signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LinkType } from "../api";
import { ask, Fault } from "../client";
import { add, ALL, mark, NONE, shown, span, type Filters, type Network } from "../network/model";
import { Drawing } from "../network/drawing";
import { Chosen } from "../network/chosen";
import { FilterPanel } from "../network/filter";
import { Things } from "../network/list";
import { Exports } from "../network/export";
import { useMarking } from "../part/ask";
import { Trouble, Waiting } from "../part/notice";
import { join } from "../marking";
import { to } from "../route";
import { beginning, token, viewer } from "../session";
import { count } from "../words";

// One step at a time, so that it can be followed; what was left out is said.
const LIMIT = 250;

// As long as the tab lives, so that one can look at a profile and come back.
const network = signal<Network>(NONE);
const filters = signal<Filters>(ALL);
const marking = signal<string | null>(null);
const before = signal<readonly Network[]>([]);

// Whoever looks as somebody else begins anew: nothing stays on the screen that only the other may see.
effect(() => {
  void viewer.value;
  void token.value;
  network.value = NONE;
  marking.value = null;
  before.value = [];
});

function become(next: Network): void {
  if (network.value.nodes.size) before.value = [...before.value.slice(-30), network.value];
  network.value = next;
}

export function NetworkPage({ id }: { id: string }) {
  const [selected, setSelected] = useState<string | null>(id || null);
  const [from, setFrom] = useState<string | null>(null);
  const [busy, setBusy] = useState("");
  const [fault, setFault] = useState<{ fault: Fault; again: () => void } | null>(null);
  const [news, setNews] = useState("");
  useMarking(marking.value);
  const view = useMemo(() => shown(network.value, filters.value), [network.value, filters.value]);
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [cannot, setCannot] = useState(false);

  async function attempt(what: string, doing: () => Promise<void>): Promise<void> {
    setBusy(what);
    setFault(null);
    try {
      await doing();
    } catch (error) {
      setFault({ fault: error instanceof Fault ? error : new Fault("inside"), again: () => void attempt(what, doing) });
    } finally {
      setBusy("");
    }
  }

  function marked(text: string | null): void {
    const texts = [marking.value, text].filter((each) => each !== null);
    marking.value = texts.length ? join(texts, beginning.value?.classifications ?? []) : null;
  }

  const expand = (start: string): Promise<void> =>
    attempt("Expanding", async () => {
      const answer = await ask("explorer/network", { ids: [start], hops: 1, limit: LIMIT });
      const found = answer.data.expand;
      const had = network.value.nodes.size;
      const name = found.nodes.find((node) => node.id === start)?.label ?? "it";
      const left = found.truncated ? [`Around ${name}: ${count(found.truncated.suppressed, "thing")} left out (${found.truncated.reason})`] : [];
      become(add(network.value, found, [start], left));
      marked(answer.marking);
      setNews(`${count(network.value.nodes.size - had, "thing")} added around ${name}. ${left.join(". ")}`);
    });

  const path = (start: string, end: string): Promise<void> =>
    attempt("Looking for a path", async () => {
      const answer = await ask("explorer/paths", { from: start, to: end, maxHops: 6 });
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

  useEffect(() => {
    if (id && !network.value.starts.includes(id)) {
      // Somebody else is another question: what was looked at before can be had back by Undo.
      if (network.value.nodes.size) become(NONE);
      marking.value = null;
      filters.value = ALL;
      void expand(id);
    }
  }, [id]);

  const empty = network.value.nodes.size === 0;
  useEffect(() => {
    if (empty || !place.current) return;
    try {
      drawing.current = new Drawing(place.current, { select: setSelected, expand: (node) => void expand(node), pin });
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
      drawing.current?.kill();
      drawing.current = null;
    };
  }, [empty]);
  useEffect(() => drawing.current?.draw(network.value, view), [view]);
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

  function undo(): void {
    const last = before.value.at(-1);
    if (!last) return;
    before.value = before.value.slice(0, -1);
    network.value = last;
    setNews("The last step was undone.");
  }

  if (empty) {
    return (
      <article class="prose">
        <h1>Network</h1>
        {fault && <Trouble {...fault} />}
        {busy ? <Waiting what="Reading the network" /> : (
          <>
            <p>A network begins with somebody or something. <a href={to("search")}>Search</a>, open a profile, and choose “Open the network”.</p>
            <p class="muted">Then expand it step by step, filter it by kind, grade and time, find paths, and take it away as a picture or a file.</p>
          </>
        )}
      </article>
    );
  }

  const chosen = selected !== null ? network.value.nodes.get(selected) ?? null : null;
  const types = network.value.ties.size ? [...new Set([...network.value.ties.values()].flatMap((tie) => tie.links.map((link) => link.type)))] : [];
  return (
    <div class="network">
      <section class="stage" aria-label="Drawing">
        <h1 class="hidden">Network</h1>
        <div class="canvas" ref={place} data-testid="canvas" aria-hidden="true" />
        {cannot && <p class="cannot">This browser cannot draw it (no WebGL). The list has everything.</p>}
        <div class="tools" role="toolbar" aria-label="Drawing">
          <button type="button" onClick={() => drawing.current?.zoom(0.7)} aria-label="Nearer">+</button>
          <button type="button" onClick={() => drawing.current?.zoom(1.4)} aria-label="Further">−</button>
          <button type="button" onClick={() => drawing.current?.whole()}>Whole</button>
          <button type="button" onClick={() => drawing.current?.draw(network.value, view, true)}>Arrange again</button>
          <button type="button" onClick={undo} disabled={before.value.length === 0}>Undo</button>
        </div>
        <p class="tally" role="status">
          {busy ? `${busy}…` : <>{count(view.nodes.size, "thing")}, {count(view.ties.size, "tie")}{view.hidden > 0 && `; ${view.hidden} not shown`}</>}
          <span class="hidden"> {news}</span>
        </p>
      </section>
      <aside class="network-side" aria-label="What is drawn">
        {fault && <Trouble {...fault} />}
        {news && <p class="news">{news}</p>}
        {chosen ? (
          <Chosen node={chosen} network={network.value} view={view} from={from} busy={busy !== ""} select={setSelected}
            expand={() => void expand(chosen.id)} pin={() => toggle("pinned", chosen.id)} putAway={() => toggle("away", chosen.id)}
            startPath={() => setFrom(chosen.id)} endPath={() => from && void path(from, chosen.id)} />
        ) : (
          <p class="muted">Choose something in the drawing or in the list. A double click expands it.</p>
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
        <Things network={network.value} view={view} selected={selected} select={(node) => { setSelected(node); drawing.current?.show(node); }} expand={(node) => void expand(node)} />
        <Exports drawing={drawing} starts={network.value.starts} marking={marking.value}
          asked={{ types: filters.value.types.size ? (types.filter((type) => !filters.value.types.has(type)) as LinkType[]) : null, weakest: filters.value.weakest, until: filters.value.until, limit: LIMIT }} />
      </aside>
    </div>
  );
}
