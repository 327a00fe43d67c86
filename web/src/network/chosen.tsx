// The thing that is chosen, what joins it to what is shown, and what can be done with it.

import { useState } from "preact/hooks";
import { Icon } from "../part/icon";
import { Grade, Markings } from "../part/thing";
import { pageOf } from "../route";
import { endWord, count, kindWord, linkWord, said } from "../words";
import type { Link, Network, Node, Shown } from "./model";

interface Props {
  node: Node;
  network: Network;
  view: Shown;
  from: string | null;
  busy: boolean;
  select: (id: string) => void;
  expand: () => void;
  pin: () => void;
  putAway: () => void;
  note: (text: string) => void;
  startPath: () => void;
  endPath: () => void;
}

const FEW = 12;

export function Chosen({ node, network, view, from, busy, select, expand, pin, putAway, note, startPath, endPath }: Props) {
  const ties = [...view.ties].filter(([key]) => key.split(" ").includes(node.id));
  const stands = network.notes.get(node.id) ?? "";
  const [text, setText] = useState(stands);
  const asked = network.starts.includes(node.id);
  return (
    <section class="chosen" aria-label="Chosen" data-testid="chosen">
      <p class="kicker"><Icon kind={node.kind} /> {kindWord(node.kind)} <Markings texts={node.markings} always /></p>
      <h2><a href={pageOf(node)}><bdi>{node.label}</bdi></a></h2>
      <p class="muted small">{count(ties.length, "tie")} shown of {count(node.degree, "link")} that you may see</p>
      <div class="doing">
        <button type="button" onClick={expand} disabled={busy}>{asked ? "Expand again" : "Expand"}</button>
        <button type="button" onClick={pin} aria-pressed={network.pinned.has(node.id)}>{network.pinned.has(node.id) ? "Unpin" : "Pin"}</button>
        <button type="button" onClick={putAway}>Put away</button>
        {from && from !== node.id ? <button type="button" class="strong" onClick={endPath} disabled={busy}>Path to here</button> : <button type="button" onClick={startPath} disabled={from === node.id}>Path from here</button>}
      </div>
      <form class="keeping" onSubmit={(event) => { event.preventDefault(); note(text); }}>
        <label for="note">Note</label>
        <textarea id="note" rows={2} maxLength={2_000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        {text.trim() !== stands && <div class="doing"><button type="submit">{text.trim() ? "Note it" : "Take it away"}</button></div>}
      </form>
      <ul class="plain ties">
        {ties.slice(0, FEW).map(([key, links]) => {
          const [a, b] = key.split(" ") as [string, string];
          const other = network.nodes.get(a === node.id ? b : a)!;
          return (
            <li key={key}>
              <span class="muted small">{words(links, node.id)}</span>{" "}
              <button type="button" class="link" onClick={() => select(other.id)}><Icon kind={other.kind} /> <bdi>{other.label}</bdi></button>{" "}
              <Grade grade={best(links)} />
            </li>
          );
        })}
        {ties.length > FEW && <li class="muted small">and {ties.length - FEW} more</li>}
      </ul>
    </section>
  );
}

function words(links: Link[], id: string): string {
  const all = new Set(links.map((link) => (link.role ? said(link.role) : link.from.id === id ? linkWord(link.type) : endWord(link.type))));
  return [...all].slice(0, 2).join(", ");
}

/** The best attested of the statements. */
const best = (links: Link[]): Link["grade"] => links.map((link) => link.grade).filter((grade) => grade !== null).sort((a, b) => a.label.localeCompare(b.label))[0] ?? null;
