// What would come of a word, shown before it is said: who becomes whom, and what meets.

import type { ComponentChildren } from "preact";
import type { Data } from "../client";
import { count, kindWord, linkWord, ruleWord, said, value } from "../words";
import { Tag } from "./notice";
import { plainly } from "./pair";
import { Grade, Markings, Thing } from "./thing";

type Merge = Data<"explorer/merge">["mergePreview"];
type Split = Data<"explorer/split">["splitPreview"];
type Path = Merge["newPaths"][number];

const FEW = 8;

export function Joined({ found }: { found: Merge }) {
  const kind = kindWord(found.before[0]?.kind ?? "").toLowerCase();
  return (
    <div class="consequence" data-testid="consequence">
      {found.contradictions.length > 0 && (
        <div class="against">
          <h3>This cannot be true of one {kind}</h3>
          <ul>{found.contradictions.map((text) => <li key={text}>{plainly(text)}</li>)}</ul>
        </div>
      )}
      <p>
        {found.joins
          ? <>They become <strong>one {kind}</strong> with {count(found.recordsJoined, "record")} and {count(found.linksJoined, "link")}.</>
          : <>They <strong>stay two</strong> that are tied as the same, for those who may know of it: {count(found.recordsJoined, "record")} and {count(found.linksJoined, "link")} are read together.</>}
        {" "}The word will be marked <Tag tone="marking">{found.marking}</Tag>.
      </p>
      <Now things={found.before} />
      <Warned things={found.before} joins={found.joins} />
      {found.together && <p class="muted">{plainly(found.together)}</p>}
      {found.goldenChanges.length > 0 && (
        <Table name="Values that change" heads={["Property", "Now", "Then", "Because"]}>
          {found.goldenChanges.map((each) => (
            <tr key={each.property}>
              <th scope="row">{said(each.property)}</th>
              <td><bdi>{each.before.map((text) => value(each.property, text)).join(" | ") || "–"}</bdi></td>
              <td><bdi>{value(each.property, each.after)}</bdi></td>
              <td class="muted">{ruleWord(each.rule)}, {each.record.source.name}</td>
            </tr>
          ))}
        </Table>
      )}
      {found.newPaths.length > 0 && (
        <details open>
          <summary>{count(found.newPaths.length, "new path")} between people and organisations that nothing so short joins now</summary>
          <ol class="plain paths">{found.newPaths.map((path, at) => <li key={at}><Steps path={path} /></li>)}</ol>
        </details>
      )}
    </div>
  );
}

export function Parted({ found, saying }: { found: Split; saying: "DIFFERENT" | "RETRACT" }) {
  const now = new Map<string, string>();
  found.after.forEach((each) => each.records.forEach((record) => now.set(record.id, record.entity?.id ?? "")));
  const same = found.before.length === found.after.length && found.after.every((each) => new Set(each.records.map((record) => now.get(record.id))).size === 1);
  const outcome = same ? "Who is whom stays as it is." : `${count(found.before.length, "entity", "entities")} become ${found.after.length}.`;
  const two = found.apart ? "The two records are apart then." : "The two records are one all the same: other evidence or other words hold them together.";
  return (
    <div class="consequence" data-testid="consequence">
      <p><strong>{outcome}</strong> {two} {saying === "DIFFERENT" && "No further record brings them together while the word stands."}</p>
      <Now things={found.before} />
      {!same && (
        <Table name="Who there is then" heads={["Then", "Records"]}>
          {found.after.map((each, at) => (
            <tr key={at}>
              <th scope="row"><bdi>{each.label}</bdi></th>
              <td>
                {count(each.records.length, "record")}: {each.records.slice(0, FEW).map((record) => `${record.source.name} ${record.key}`).join(", ")}
                {each.records.length > FEW && " and others"}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p class="muted small">What is shown here is marked <Tag tone="marking">{found.marking}</Tag>.</p>
    </div>
  );
}

function Now({ things }: { things: Split["before"] }) {
  return <p class="now"><span class="muted">Now: </span>{things.map((each) => <span key={each.id}><Thing thing={each} /> <Markings texts={each.markings} /> </span>)}</p>;
}

/** The warnings that meet: who bears them afterwards may be stopped because of them. */
function Warned({ things, joins }: { things: Merge["before"]; joins: boolean }) {
  const warned = things.map((each) => ({ ...each, warnings: each.golden.find((one) => one.property === "warnings")?.value }));
  const some = warned.filter((each) => each.warnings);
  if (some.length === 0) return <p class="muted">No warning that you may see is on any of them.</p>;
  return (
    <div class="warned">
      <h3>{joins ? "The one would bear these warnings" : "These warnings would be read together"}</h3>
      <ul>{some.map((each) => <li key={each.id}><strong>{value("warnings", each.warnings ?? "")}</strong>, now on <bdi>{each.label}</bdi></li>)}</ul>
    </div>
  );
}

function Table({ name, heads, children }: { name: string; heads: string[]; children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={name}>
      <table class="values"><thead><tr>{heads.map((each) => <th key={each} scope="col">{each}</th>)}</tr></thead><tbody>{children}</tbody></table>
    </div>
  );
}

function Steps({ path }: { path: Path }) {
  return (
    <>
      {path.nodes.map((node, at) => <span key={node.id}>{at > 0 && <span class="muted"> – {linkWord(path.links[at - 1]?.type ?? "")} – </span>}<Thing thing={node} /></span>)}
      {" "}<Grade grade={path.weakest} />
    </>
  );
}
