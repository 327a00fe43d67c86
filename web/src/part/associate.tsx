// Whom a subject is tied to, how strongly, and because of what.

import { useState } from "preact/hooks";
import { ask, type Data } from "../client";
import { bothWord, count, date, said } from "../words";
import { useMore } from "./more";
import { More, Trouble } from "./notice";
import { Grade, Thing, Unfold } from "./thing";

type Connection = NonNullable<Data<"explorer/profile">["subjectProfile"]>["associates"];
type Associate = Connection["edges"][number]["node"];

export function Associates({ id, first }: { id: string; first: Connection }) {
  const { edges, whole, told, fault, loading, more } = useMore(first, async (after) => {
    const { data, marking } = await ask("explorer/associates", { id, after });
    return { list: data.subjectProfile?.associates, marking };
  });
  const most = Math.max(...edges.map((edge) => edge.node.score), 1);

  return (
    <section class="card associates">
      <h2>Associates</h2>
      {edges.length === 0 && <p class="muted">Nobody is tied to this subject, as far as you may see.</p>}
      <ol class="plain">{edges.map(({ node }) => <li key={node.entity.id}><One associate={node} most={most} /></li>)}</ol>
      {fault && <Trouble fault={fault} again={more} />}
      {!whole && <More told={told} loading={loading} more={more}>Show more associates</More>}
    </section>
  );
}

function One({ associate, most }: { associate: Associate; most: number }) {
  const reasons = because(associate);
  const [open, setOpen] = useState(false);
  return (
    <>
      <div class="associate">
        <span class="who"><Unfold open={open} toggle={() => setOpen(!open)} what={`Why ${associate.entity.label}`} /><Thing thing={associate.entity} /></span>
        <span class="strength" title={`Strength ${associate.score.toFixed(1)}`}>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="8" class="track" /><rect width={(100 * associate.score) / most} height="8" class="fill" />
          </svg>
          <span class="hidden">strength {associate.score.toFixed(1)}</span>
        </span>
        <span class="small muted">
          {associate.sharedEvents > 0 ? count(associate.sharedEvents, "shared event") : reasons[0] ? `${reasons[0].words} ${reasons[0].thing.label}` : ""}
          {associate.lastSeen && <> · last {date(associate.lastSeen, "DAY")}</>}
        </span>
      </div>
      {open && (
        <ul class="because">
          {reasons.map((reason) => (
            <li key={reason.key}>
              {reason.words} <Thing thing={reason.thing} /> <Grade grade={reason.grade} />
              <span class="small muted"> {reason.sources.join(", ")}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface Reason {
  key: string;
  words: string;
  thing: Associate["entity"];
  grade: { label: string } | null;
  sources: string[];
}

/** The statements of a tie by the thing that both have in common, or directly about each other. */
function because({ because: links, entity }: Associate): Reason[] {
  const all = new Map<string, Reason & { roles: Set<string>; type: string }>();
  for (const link of links) {
    const theirs = link.from.id === entity.id;
    const direct = link.to.id === entity.id || (theirs && link.type === "ASSOCIATED_WITH");
    const thing = link.to.id === entity.id ? link.from : link.to;
    const of = all.get(thing.id) ?? { key: thing.id, words: "", thing, grade: link.grade, sources: [], roles: new Set<string>(), type: direct ? "DIRECT" : link.type };
    all.set(thing.id, of);
    if (link.role) of.roles.add(said(link.role).toLowerCase());
    if (!of.sources.includes(link.source.name)) of.sources.push(link.source.name);
  }
  return [...all.values()].map((each) => {
    const roles = [...each.roles].join(" and ");
    const words = each.type === "DIRECT" ? `Stated directly${roles ? ` (${roles})` : ""}: associated with` : each.type === "INVOLVED_IN" ? `Both in${roles ? ` (${roles})` : ""}` : bothWord(each.type);
    return { ...each, words };
  });
}
