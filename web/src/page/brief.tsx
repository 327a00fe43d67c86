// The brief: who and what is drawn, because of which statements, to be printed or handed over. Asking for it is on record as a disclosure.

import { useEffect, useMemo, useState } from "preact/hooks";
import { ask, Fault, faultOf } from "../client";
import { briefed, byline, type Brief } from "../network/export";
import { shown } from "../network/model";
import { Picture } from "../network/picture";
import { filters, kept, network, places } from "../network/state";
import { useMarking } from "../part/ask";
import { Icon } from "../part/icon";
import { Trouble, Waiting } from "../part/notice";
import { Grade, Markings } from "../part/thing";
import { to } from "../route";
import { count, date, endWord, kindWord, kindWords, linkWord, purposeWord, said } from "../words";

type Link = Brief["links"][number];

export function BriefPage(_: { id: string }) {
  const view = useMemo(() => shown(network.value, filters.value), [network.value, filters.value]);
  const [brief, setBrief] = useState<Brief | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [marking, setMarking] = useState<string | null>(null);
  useMarking(marking);
  const empty = view.nodes.size === 0;

  async function make(): Promise<void> {
    try {
      const answer = await ask("explorer/brief", briefed(network.value, view, filters.value));
      setFault(null);
      setBrief(answer.data.brief);
      setMarking(answer.marking);
    } catch (error) {
      setFault(faultOf(error));
    }
  }
  useEffect(() => { if (!empty) void make(); }, []);

  if (fault) return <Trouble fault={fault} again={() => void make()} />;
  if (empty) return <article class="prose"><h1>Brief</h1><p>A brief is made of a network. <a href={to("network")}>Open one</a> first.</p></article>;
  if (!brief) return <Waiting what="Putting it on record and making the brief" />;
  // A table repeats its head and foot on each sheet of paper, and keeps the room for them: the marking stands above and below each.
  const marked = brief.marking ?? "Nothing marked is in it";
  return (
    <table class="sheets" role="presentation">
      <thead><tr><td class="sheet-mark">{marked}</td></tr></thead>
      <tbody><tr><td><Sheet brief={brief} /></td></tr></tbody>
      <tfoot><tr><td class="sheet-mark">{marked}</td></tr></tfoot>
    </table>
  );
}

function Sheet({ brief }: { brief: Brief }) {
  const drawn = network.value;
  const view = useMemo(() => shown(drawn, filters.value), [drawn, filters.value]);
  const labels = new Map(brief.nodes.map((node) => [node.id, node]));
  const first = drawn.starts.map((id) => labels.get(id)?.label).filter((label) => label !== undefined);
  const title = kept.value?.name ?? (first.length ? `The network around ${first.slice(0, 3).join(", ")}${first.length > 3 ? " and others" : ""}` : "Network");
  const kinds = [...new Set(brief.nodes.map((node) => node.kind))].sort();
  return (
    <article class="brief">
      <nav class="jump" aria-label="What to do with this brief">
        <button type="button" class="button" onClick={() => print()}>Print</button>
        <a class="button quiet" href={to("network")}>Back to the network</a>
      </nav>
      <header>
        <p class="kicker">Brief</p>
        <h1><bdi>{title}</bdi></h1>
        <dl class="facts">
          <div><dt>Marking</dt><dd>{brief.marking ?? "Nothing marked is in it"}</dd></div>
          <div><dt>Made</dt><dd>{date(brief.madeAt)}</dd></div>
          <div><dt>By</dt><dd><bdi>{brief.madeBy}</bdi></dd></div>
          <div><dt>Purpose</dt><dd>{brief.purpose ? purposeWord(brief.purpose) : "None was stated"}{brief.reference && <> · <bdi>{brief.reference}</bdi></>}</dd></div>
        </dl>
        <p class="small muted">That this was made, for whom and of whom is on record as a disclosure. What is here is what its maker may see, at that time; grades are 3x5x2.</p>
      </header>
      <figure>
        <Picture network={drawn} view={view} places={places.value} marking={brief.marking ?? ""} words={byline(brief)} />
        <figcaption class="small">{count(brief.nodes.length, "thing")}, {count(brief.links.length, "statement")}. {told()}</figcaption>
      </figure>
      <section>
        <h2>Who and what</h2>
        {kinds.map((kind) => (
          <div key={kind} class="of-kind">
            <h3><Icon kind={kind} /> {kindWords(kind)}</h3>
            <ul class="plain">
              {brief.nodes.filter((node) => node.kind === kind).map((node) => (
                <li key={node.id}>
                  <bdi>{node.label}</bdi> <Markings texts={node.markings} always />
                  <span class="small muted"> {count(view.degrees.get(node.id) ?? 0, "tie")}{place(node.id)}</span>
                  {drawn.notes.has(node.id) && <p class="note">Note: <bdi>{drawn.notes.get(node.id)}</bdi></p>}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
      {drawn.players.length > 0 && (
        <section>
          <h2>Key players</h2>
          <ol class="plain">{drawn.players.filter((each) => labels.has(each.id)).map((each) => <li key={each.id}>{each.rank}. <bdi>{each.label}</bdi> <span class="small muted">{each.score.toFixed(3)}, from {each.low.toFixed(3)} to {each.high.toFixed(3)} where links and merges are doubted</span></li>)}</ol>
        </section>
      )}
      <section>
        <h2>Because of these statements</h2>
        <Statements brief={brief} />
      </section>
      {(brief.truncated || drawn.left.length > 0 || drawn.away.size > 0) && (
        <section>
          <h2>Left out</h2>
          <ul>
            {brief.truncated && <li>{count(brief.truncated.suppressed, "link")}: {brief.truncated.reason}</li>}
            {drawn.left.map((text) => <li key={text}>{text}</li>)}
            {drawn.away.size > 0 && <li>{count(drawn.away.size, "thing")} put away by hand</li>}
          </ul>
        </section>
      )}
    </article>
  );

  function place(id: string): string {
    const group = drawn.groups.get(id);
    return `${group === undefined ? "" : `, group ${group + 1}`}${drawn.starts.includes(id) ? ", expanded" : ""}`;
  }

  function told(): string {
    const { kinds, types, weakest, until, crowded } = filters.value;
    const parts = [
      kinds.size ? `without ${[...kinds].map(kindWords).join(", ").toLowerCase()}` : "", types.size ? `without links that say “${[...types].map(linkWord).join("”, “")}”` : "",
      weakest === "E" ? "" : `graded ${weakest} or better`, until === null ? "" : `begun by ${String((until % 12) + 1).padStart(2, "0")}/${Math.floor(until / 12)}`,
      crowded === null ? "" : `without what has more than ${crowded} links`,
    ].filter(Boolean);
    return parts.length ? `Shown: ${parts.join("; ")}.` : "Nothing was filtered.";
  }
}

/** Statements by whom they are about, each with date, source, record and grade. */
function Statements({ brief }: { brief: Brief }) {
  const labels = new Map(brief.nodes.map((node) => [node.id, node]));
  const about = new Map<string, Link[]>();
  for (const link of brief.links) about.set(link.from.id, [...(about.get(link.from.id) ?? []), link]);
  const order = [...about].sort(([a], [b]) => (labels.get(a)?.label ?? "").localeCompare(labels.get(b)?.label ?? "") || a.localeCompare(b));
  return (
    <table class="because-of">
      <thead><tr><th scope="col">Who or what</th><th scope="col">What is said</th><th scope="col">Of</th><th scope="col">When</th><th scope="col">Source</th><th scope="col">Grade</th></tr></thead>
      {order.map(([id, links]) => (
        <tbody key={id}>
          {links.map((link, at) => (
            <tr key={link.id}>
              {at === 0 && <th scope="rowgroup" rowSpan={links.length}><bdi>{labels.get(id)?.label}</bdi><small>{kindWord(labels.get(id)?.kind ?? "")}</small></th>}
              <td>{link.role ? said(link.role) : linkWord(link.type) || endWord(link.type)}</td>
              <td><bdi>{labels.get(link.to.id)?.label}</bdi></td>
              <td>{link.validFrom ? date(link.validFrom, link.validPrecision) : "–"}{link.validTo && ` to ${date(link.validTo, link.validPrecision)}`}</td>
              <td>{link.source.name} <span class="muted">{[...new Set(link.records.map((record) => record.key))].join(", ")}</span>{link.marking !== "OFFICIAL" && <> <Markings texts={[link.marking]} /></>}</td>
              <td><Grade grade={link.grade} /></td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
