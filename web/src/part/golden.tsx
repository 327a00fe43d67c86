// The golden record: one value for each property, where it comes from, and on demand what it beat.

import { useState } from "preact/hooks";
import { count, date, ruleWord, said, value } from "../words";
import { useAsk } from "./ask";
import { Trouble, Waiting } from "./notice";
import { Grade } from "./thing";

interface Value {
  property: string;
  value: string;
  rule: string;
  record: { source: { name: string } };
}

export function Golden({ id, values }: { id: string; values: readonly Value[] }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card golden">
      <div class="card-head">
        <h2>Golden record</h2>
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "Hide losing values" : "Show losing values"}</button>
      </div>
      {open ? <Others id={id} /> : (
        <dl class="facts">
          {values.map((each) => (
            <div key={each.property}>
              <dt>{said(each.property)}</dt>
              <dd><bdi>{value(each.property, each.value)}</bdi></dd>
              <dd class="from" title={`Chosen as ${ruleWord(each.rule)}`}>{each.record.source.name}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Others({ id }: { id: string }) {
  const { data, fault, again } = useAsk("explorer/values", { id });
  if (!data) return fault ? <Trouble fault={fault} again={again} /> : <Waiting what="Reading all values" />;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="All values">
      <table class="values">
        <thead><tr><th scope="col">Property</th><th scope="col">Value</th><th scope="col">Source</th><th scope="col">Grade</th><th scope="col">Known since</th></tr></thead>
        {data.entity?.golden.map((each) => (
          <tbody key={each.property}>
            <tr class="won">
              <th scope="rowgroup" rowSpan={each.others.length + 1}>{said(each.property)}<small>{ruleWord(each.rule)}</small></th>
              <td><bdi>{value(each.property, each.value)}</bdi></td>
              <td>{each.record.source.name} <span class="muted">{each.record.key}</span></td>
              <td><Grade grade={each.record.grade} /></td>
              <td>{date(each.record.recordedAt, "DAY")}</td>
            </tr>
            {each.others.map((other) => (
              <tr key={other.value} class="lost">
                <td><span class="hidden">Not chosen: </span><bdi>{value(each.property, other.value)}</bdi></td>
                <td>{[...new Set(other.records.map((record) => record.source.name))].join(", ")} {other.records.length > 1 && <span class="muted">{count(other.records.length, "record")}</span>}</td>
                <td><Grade grade={other.records[0]?.grade} /></td>
                <td>{date(other.records[0]?.recordedAt, "DAY")}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
