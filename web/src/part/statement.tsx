// Statements about other things, gathered by the thing: how many say so, who, from when to when.

import { useState } from "preact/hooks";
import { count, date, linkWord, said } from "../words";
import { Grade, Thing, type Named } from "./thing";

export interface Stated {
  type?: string;
  role?: string | null;
  to: Named;
  source: { name: string };
  grade: { label: string } | null;
  validFrom: string | null;
  validTo: string | null;
  validPrecision: string | null;
}

interface Gathered {
  thing: Named;
  how: string[];
  times: number;
  sources: string[];
  from: string | null;
  to: string | null;
  precision: string | null;
  grade: { label: string } | null;
}

const FEW = 8;

/** One entry a thing, those that most statements name first. */
export function gather(links: readonly Stated[]): Gathered[] {
  const all = new Map<string, Gathered>();
  for (const link of links) {
    const how = link.role ? said(link.role) : link.type && !["LIVES_AT", "USES"].includes(link.type) ? linkWord(link.type) : "";
    const of = all.get(link.to.id) ?? { thing: link.to, how: [], times: 0, sources: [], from: null, to: null, precision: null, grade: null };
    all.set(link.to.id, of);
    of.times += 1;
    if (how && !of.how.includes(how)) of.how.push(how);
    if (!of.sources.includes(link.source.name)) of.sources.push(link.source.name);
    if (link.validFrom && (!of.from || link.validFrom < of.from)) [of.from, of.precision] = [link.validFrom, link.validPrecision];
    if (link.validTo && (!of.to || link.validTo > of.to)) of.to = link.validTo;
    // The best attested of them: 1A before 3E.
    if (link.grade && (!of.grade || link.grade.label < of.grade.label)) of.grade = link.grade;
  }
  return [...all.values()].sort((a, b) => b.times - a.times || (b.from ?? "").localeCompare(a.from ?? ""));
}

export function Statements({ title, links, none }: { title: string; links: readonly Stated[]; none: string }) {
  const [all, setAll] = useState(false);
  const things = gather(links);
  return (
    <section class="card statements">
      <h2>{title}</h2>
      {things.length === 0 && <p class="muted">{none}</p>}
      <ul class="plain">
        {things.slice(0, all ? undefined : FEW).map((each) => (
          <li key={each.thing.id}>
            <Thing thing={each.thing} />
            <Grade grade={each.grade} />
            <p class="small muted">
              {each.how.length > 0 && <>{each.how.join(", ")} · </>}
              {(each.from || each.to) && <>{date(each.from, each.precision)} to {each.to ? date(each.to, each.precision) : "now"} · </>}
              {count(each.times, "statement")} · {each.sources.join(", ")}
            </p>
          </li>
        ))}
      </ul>
      {things.length > FEW && <button type="button" class="link" onClick={() => setAll(!all)}>{all ? "Show fewer" : `Show all ${things.length}`}</button>}
    </section>
  );
}
