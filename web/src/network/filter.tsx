// What is shown of a network: kinds, types, how well attested, by when, and whether crowded things are.

import { useEffect, useState } from "preact/hooks";
import { group } from "../part/icon";
import { count, kindWords, linkWord } from "../words";
import { ALL, counted, type Filters, type Network, type Shown } from "./model";

interface Props {
  network: Network;
  view: Shown;
  filters: Filters;
  change: (next: Filters) => void;
  months: [number, number] | null;
}

const CROWDED = 60;
const STEP_MS = 350;
const GRADES: [string, string][] = [["E", "Any grade, ungraded too"], ["D", "A to D"], ["C", "A to C"], ["B", "A and B"], ["A", "A: known directly"]];

const monthWord = (month: number): string => new Date(Date.UTC(Math.floor(month / 12), month % 12, 15)).toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

function toggled(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(name)) next.add(name);
  return next;
}

export function FilterPanel({ network, view, filters, change, months }: Props) {
  const kinds = counted([...network.nodes.values()].map((node) => node.kind));
  const types = counted([...network.ties.values()].flatMap((tie) => [...new Set(tie.links.map((link) => link.type as string))]));
  const [plays, setPlays] = useState(false);
  const until = filters.until;
  useEffect(() => {
    if (!plays || !months) return;
    const timer = setTimeout(() => {
      const next = (until ?? months[0] - 1) + 1;
      if (next >= months[1]) setPlays(false);
      change({ ...filters, until: next >= months[1] ? null : next });
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [plays, until]);

  function play(): void {
    if (!plays && months) change({ ...filters, until: until ?? months[0] });
    setPlays(!plays);
  }

  return (
    <section class="filter-panel" aria-label="Filters">
      <div class="card-head">
        <h2>Show</h2>
        {filters !== ALL && <button type="button" class="link small" onClick={() => { setPlays(false); change(ALL); }}>Show everything</button>}
      </div>
      <div class="filters" role="group" aria-label="Kinds">
        {kinds.map(([kind, n]) => (
          <button key={kind} type="button" class="chip kind" aria-pressed={!filters.kinds.has(kind)} onClick={() => change({ ...filters, kinds: toggled(filters.kinds, kind) })}>
            <span class={`dot kind-${group(kind)}`} aria-hidden="true" />{kindWords(kind)} <span class="n">{n}</span>
          </button>
        ))}
      </div>
      <details>
        <summary>Types of links{filters.types.size > 0 && ` (${filters.types.size} off)`}</summary>
        <div class="filters" role="group" aria-label="Types of links">
          {types.map(([type, n]) => (
            <button key={type} type="button" class="chip kind" aria-pressed={!filters.types.has(type)} onClick={() => change({ ...filters, types: toggled(filters.types, type) })}>{linkWord(type)} <span class="n">{n}</span></button>
          ))}
        </div>
      </details>
      <div class="line">
        <label for="weakest">Attested</label>
        <select id="weakest" value={filters.weakest} onChange={(event) => change({ ...filters, weakest: event.currentTarget.value })}>
          {GRADES.map(([letter, words]) => <option key={letter} value={letter}>{words}</option>)}
        </select>
      </div>
      {months && (
        <div class="line">
          <label for="until">Until</label>
          <input id="until" type="range" min={months[0]} max={months[1]} value={until ?? months[1]} aria-valuetext={until === null ? "now" : monthWord(until)}
            onInput={(event) => { const at = Number(event.currentTarget.value); change({ ...filters, until: at >= months[1] ? null : at }); }} />
          <output for="until">{until === null ? "all" : monthWord(until)}</output>
          <button type="button" class="play" onClick={play} aria-label={plays ? "Stop" : "Play the months"}>{plays ? "■" : "▶"}</button>
        </div>
      )}
      <label class="check">
        <input type="checkbox" checked={filters.crowded !== null} onChange={(event) => change({ ...filters, crowded: event.currentTarget.checked ? CROWDED : null })} />
        Hide crowded things (over {CROWDED} links)
      </label>
      {filters.crowded !== null && (
        <p class="small muted" data-testid="crowded">{view.crowded.length === 0 ? "None is hidden." : `Hidden: ${count(view.crowded.length, "thing")}: ${view.crowded.slice(0, 6).map((node) => `${node.label} (${node.degree})`).join(", ")}${view.crowded.length > 6 ? " and others" : ""}`}</p>
      )}
    </section>
  );
}
