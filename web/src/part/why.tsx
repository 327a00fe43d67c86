// Why the records of an entity are one: what speaks for it and against, in bits that add up.

import { useState } from "preact/hooks";
import type { Data } from "../client";
import { count, date, said } from "../words";
import { useAsk } from "./ask";
import { Trouble, Waiting } from "./notice";
import { Grade, Markings } from "./thing";
import { Word, type Said, type Saying } from "./word";

type Explanation = Data<"explorer/why">["whyResolved"];
type Step = Explanation["path"][number];
type Evidence = NonNullable<Step["pair"]>["evidence"][number];

const FEW = 6;

/** `changed`: called when a word was said or taken back. */
export function Why({ id, changed }: { id: string; changed: () => void }) {
  const { data, fault, again } = useAsk("explorer/why", { id });
  const [saying, setSaying] = useState<Saying | null>(null);
  const [told, setTold] = useState("");
  const [at, setAt] = useState(0);
  const [all, setAll] = useState(false);
  const trouble = fault && <Trouble fault={fault} again={again} />;
  if (!data) return <section id="why" class="card">{trouble ?? <Waiting what="Comparing the records" />}</section>;
  const why = data.whyResolved;
  const steps = why.path.filter((step) => step.pair);
  const step = steps[at];
  const miss = why.nearestMiss;

  function done({ saying: said, entities }: Said): void {
    setSaying(null);
    setTold(`${said.what === "RETRACT" ? "Taken back" : "Said"}: now ${entities.map((each) => each.label).join(" and ")}.`);
    setAt(0);
    again();
    changed();
  }

  return (
    <section id="why" class="card why-one" aria-label="Why these records are one">
      <h2>Why is this one?</h2>
      {trouble}
      <p>{sentence(why.sentence)}</p>
      <p class="told" role="status">{told}</p>
      {saying && <Word key={JSON.stringify(saying)} saying={saying} done={done} cancel={() => setSaying(null)} />}
      <Decisions decisions={why.decisions} back={setSaying} />
      {step?.pair && (
        <>
          <div class="steps">
            <label>
              <span class="label">Pair that joined</span>
              <select value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
                {steps.map((each, n) => <option key={n} value={n}>{n + 1} of {steps.length}: {each.a.source.name} {each.a.key} with {each.b.source.name} {each.b.key}</option>)}
              </select>
            </label>
          </div>
          <Waterfall prior={step.pair.prior} evidence={step.pair.evidence} total={step.pair.weight} />
          {step.pair.together && <p class="muted">{step.pair.together}</p>}
        </>
      )}
      {miss && (
        <details>
          <summary>The nearest that did not join: {miss.a.entity?.id === id ? miss.b.entity?.label : (miss.a.entity?.label ?? "a record")}, {miss.weight.toFixed(1)} bits</summary>
          <Waterfall prior={miss.prior} evidence={miss.evidence} total={miss.weight} />
        </details>
      )}
      <details>
        <summary>{count(why.records.length, "record")}, side by side</summary>
        <Records records={why.records.slice(0, all ? undefined : FEW)} part={setSaying} />
        {why.records.length > FEW && <button type="button" class="link" onClick={() => setAll(!all)}>{all ? "Show fewer" : `Show all ${why.records.length}`}</button>}
      </details>
    </section>
  );
}

/** Ids of records say nothing to whoever reads. */
const sentence = (text: string): string => text.replace(/r_[a-z0-9]+/g, "a record");

/** Bits of evidence as bars that begin where the one before ended. */
export function Waterfall({ prior, evidence, total }: { prior: number | null; evidence: readonly Evidence[]; total: number }) {
  const rows: { name: string; values: string; level: string; bits: number }[] = [];
  if (prior !== null) rows.push({ name: "Before anything is compared", values: "", level: "", bits: prior });
  for (const each of evidence) rows.push({ name: said(each.field), values: both(each), level: each.level, bits: each.bits });
  const rest = total - rows.reduce((sum, row) => sum + row.bits, 0);
  if (Math.abs(rest) > 0.05) rows.push({ name: "Taken together", values: "", level: "", bits: rest });
  let sum = 0;
  const bars = rows.map((row) => {
    const from = sum;
    sum += row.bits;
    return { ...row, from, to: sum };
  });
  const low = Math.min(0, ...bars.map((bar) => bar.to));
  const high = Math.max(0, ...bars.map((bar) => bar.to));
  const x = (bits: number): number => (100 * (bits - low)) / (high - low || 1);
  const zero = x(0);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Evidence in bits">
      <table class="waterfall">
        <thead><tr><th scope="col">Compared</th><th scope="col">Values</th><th scope="col">How alike</th><th scope="col" class="num">Bits</th><th scope="col"><span class="hidden">As a bar</span></th></tr></thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.name}>
              <th scope="row">{bar.name}</th>
              <td><bdi>{bar.values}</bdi></td>
              <td>{bar.level}</td>
              <td class="num">{signed(bar.bits)}</td>
              <td class="bar">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <line x1={zero} x2={zero} y1="0" y2="10" class="axis" />
                  <rect x={Math.min(x(bar.from), x(bar.to))} width={Math.max(Math.abs(x(bar.to) - x(bar.from)), 0.4)} y="1" height="8" class={bar.bits >= 0 ? "for" : "against"} />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th><td /><td>{odds(total)}</td><td class="num">{signed(total)}</td>
            <td class="bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <line x1={zero} x2={zero} y1="0" y2="10" class="axis" /><rect x={Math.min(zero, x(total))} width={Math.abs(x(total) - zero)} y="1" height="8" class="total" />
              </svg>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const signed = (bits: number): string => `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;
const both = ({ left, right }: Evidence): string => (left === right ? (left ?? "") : `${left ?? "–"} / ${right ?? "–"}`);

/** The odds that bits say. */
function odds(bits: number): string {
  const times = 2 ** Math.min(Math.abs(bits), 40);
  const words = times >= 1e6 ? "more than a million" : Math.round(times).toLocaleString("en-GB");
  return bits >= 0 ? `${words} to 1 for it` : `${words} to 1 against it`;
}

type Decision = Explanation["decisions"][number];

/** The words on these records, those that stand first, each to be taken back. */
function Decisions({ decisions, back }: { decisions: readonly Decision[]; back: (saying: Saying) => void }) {
  const standing = decisions.filter((each) => !each.retractedAt && each.basis === "ANALYST");
  const gone = decisions.filter((each) => each.retractedAt);
  return (
    <>
      {standing.map((each) => (
        <p key={each.id} class="decision">
          <strong>{said(each.verdict)}</strong>, says {each.by} on {date(each.at)} of {ends(each)}: <q>{each.reason}</q> <Markings texts={[each.marking]} />{" "}
          <button type="button" class="link" onClick={() => back({ what: "RETRACT", a: each.a.id, b: each.b.id, decision: each.id })}>
            Take it back<span class="hidden"> ({said(each.verdict)}, {ends(each)})</span>
          </button>
        </p>
      ))}
      {gone.length > 0 && (
        <details>
          <summary>{count(gone.length, "word")} taken back</summary>
          <ul>{gone.map((each) => (
            <li key={each.id}>
              {said(each.verdict)}, said {each.by} on {date(each.at)} of {ends(each)}: <q>{each.reason}</q>. Taken back by {each.retractedBy} on {date(each.retractedAt)}: <q>{each.retractedReason}</q>
            </li>
          ))}</ul>
        </details>
      )}
    </>
  );
}

const ends = ({ a, b }: Decision): string => `${a.source.name} ${a.key} and ${b.source.name} ${b.key}`;

/** The records as columns. Two of them can be chosen, to say that they are not of one. */
function Records({ records, part }: { records: Explanation["records"]; part: (saying: Saying) => void }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [a, b] = chosen;

  function choose(id: string): void {
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id].slice(-2));
  }

  const names = [...new Set(records.flatMap((record) => record.properties.map((each) => each.name)))];
  return (
    <>
    {records.length > 1 && (
      <p class="actions">
        <button type="button" class="button quiet" disabled={!a || !b} onClick={() => a && b && part({ what: "DIFFERENT", a, b })}>These are two</button>
        <span class="muted small">Choose a record that does not belong here and one that does: what would come of it is shown before anything is said.</span>
      </p>
    )}
    <div class="scroll" tabIndex={0} role="group" aria-label="Records side by side">
      <table class="values side-by-side">
        <thead><tr><th scope="col">Record</th>{records.map((record) => <th key={record.id} scope="col"><label class="check"><input type="checkbox" checked={chosen.includes(record.id)} onChange={() => choose(record.id)} /> {record.source.name}</label><small>{record.key} · {date(record.recordedAt, "DAY")} <Grade grade={record.grade} /> <Markings texts={[record.marking]} /></small></th>)}</tr></thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{said(name)}</th>
              {records.map((record) => <td key={record.id}><bdi>{record.properties.find((each) => each.name === name)?.value ?? ""}</bdi></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    </>
  );
}
