// Two records side by side: what agrees, what differs, what only one of them says; and the evidence in bits.

import type { Data } from "../client";
import { date, said, value } from "../words";
import { Grade, Markings, Thing } from "./thing";
import { Waterfall } from "./why";

export type Compared = Data<"explorer/review">["reviewQueue"]["edges"][number]["node"]["pair"];
type Side = Compared["a"];

const FAR = 2;
const SIGNS = { agree: "=", differ: "≠", lone: "" } as const;
const WORDS = { agree: "Agrees", differ: "Differs", lone: "Only one says it" } as const;

export function Pair({ pair }: { pair: Compared }) {
  return (
    <div class="pair">
      <Sides a={pair.a} b={pair.b} />
      <section class="card" aria-label="Evidence">
        <h2>Why they may be one</h2>
        <p>{plainly(pair.sentence)}</p>
        <Waterfall prior={pair.prior} evidence={pair.evidence} total={pair.weight} />
        {pair.runnerUp && <p class="muted small">If they are two: {pair.runnerUp}.</p>}
        {pair.counterfactuals.length > 0 && (
          <details>
            <summary>What each of these decides</summary>
            <ul>{pair.counterfactuals.slice(0, 5).map((each) => <li key={each.without}>{plainly(each.sentence)}</li>)}</ul>
          </details>
        )}
      </section>
    </div>
  );
}

/** Ids of records and words say nothing to whoever reads. */
export const plainly = (text: string): string => text.replace(/\br_[a-z0-9]+/g, "a record").replace(/\bd_[a-z0-9]+, /g, "");

function Sides({ a, b }: { a: Side; b: Side }) {
  const rows = compared(a, b);
  return (
    <div class="scroll card" tabIndex={0} role="group" aria-label="The two records side by side">
      <table class="sides">
        <thead>
          <tr>
            <td />
            <Head side={a} />
            <th scope="col"><span class="hidden">Whether they agree</span></th>
            <Head side={b} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} class={row.how}>
              <th scope="row">{said(row.name)}</th>
              <td><bdi>{value(row.name, row.left) || "–"}</bdi></td>
              <td class="sign"><span aria-hidden="true">{SIGNS[row.how]}</span><span class="hidden">{WORDS[row.how]}</span></td>
              <td><bdi>{value(row.name, row.right) || "–"}</bdi></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ side }: { side: Side }) {
  return (
    <th scope="col">
      {side.entity ? <Thing thing={side.entity} /> : "No longer stated"}
      <small>{side.source.name} {side.key} · {date(side.recordedAt, "DAY")} <Grade grade={side.grade} /> <Markings texts={[side.marking]} /></small>
    </th>
  );
}

interface Row {
  name: string;
  left: string;
  right: string;
  how: keyof typeof SIGNS;
}

const ORDER = { differ: 0, agree: 1, lone: FAR };

/** What differs first, then what agrees, then what only one says. */
function compared(a: Side, b: Side): Row[] {
  const left = new Map(a.properties.map((each) => [each.name, each.value]));
  const right = new Map(b.properties.map((each) => [each.name, each.value]));
  const rows = [...new Set([...left.keys(), ...right.keys()])].map((name): Row => {
    const one = left.get(name) ?? "";
    const other = right.get(name) ?? "";
    const same = one.trim().toLowerCase() === other.trim().toLowerCase();
    return { name, left: one, right: other, how: !one || !other ? "lone" : same ? "agree" : "differ" };
  });
  return rows.sort((x, y) => ORDER[x.how] - ORDER[y.how]);
}
