// What is known of a person, an organisation or a vehicle: warnings first.

import { useState } from "preact/hooks";
import { useAsk } from "../part/ask";
import { Disputes } from "../part/dispute";
import { Nothing, Trouble, Waiting } from "../part/notice";
import { Markings, Thing } from "../part/thing";
import { Warnings } from "../part/warning";
import { Associates } from "../part/associate";
import { Golden } from "../part/golden";
import { SameAs } from "../part/same";
import { Where } from "../part/where";
import { Icon } from "../part/icon";
import { Statements } from "../part/statement";
import { Timeline } from "../part/timeline";
import { Watched } from "../part/watched";
import { Why } from "../part/why";
import { to } from "../route";
import { date, endWord, kindWord, years } from "../words";

export function Subject({ id }: { id: string }) {
  const { data, fault, loading, again } = useAsk("explorer/profile", id ? { id } : null);
  const [why, setWhy] = useState(false);
  const [same, setSame] = useState(false);
  const [told, setTold] = useState("");
  const trouble = fault && <Trouble fault={fault} again={again} />;
  if (!data) return trouble ?? (loading ? <Waiting what="Reading the profile" /> : <Nothing heading="Nobody by that id" />);
  const profile = data.subjectProfile;
  if (!profile) return <Nothing heading="Nobody by that id" />;
  const { subject } = profile;
  const golden = new Map(subject.golden.map((each) => [each.property, each.value]));
  const born = golden.get("dateOfBirth");
  const ids = new Set([subject.id, ...subject.sameIdentity.map((each) => each.id)]);
  // Of a vehicle its own links: what they say is who has it.
  const vehicle = subject.kind === "VEHICLE";
  const had = vehicle ? profile.vehicles.map((each) => ({ ...each, to: ids.has(each.to.id) ? each.from : each.to, role: each.role ?? endWord(each.type) })) : profile.vehicles;
  const missing = profile.completeness.missing;
  return (
    <article class="profile">
      {trouble}
      <header class="head">
        <p class="kicker"><Icon kind={subject.kind} /> {kindWord(subject.kind)} <Markings texts={subject.markings} always /></p>
        <h1><bdi>{subject.label}</bdi></h1>
        <p class="lede">
          {born && <span>Born {date(born)}{born.length === 10 && <> · {years(born)} years</>}</span>}
          {golden.get("gender") && <span>{golden.get("gender")}</span>}
          {golden.get("make") && <span>{[golden.get("colour"), golden.get("make"), golden.get("model")].filter(Boolean).join(" ")}</span>}
          <span class="muted">as of {date(profile.asOf)}</span>
        </p>
        {subject.movedFrom && <p class="muted">The id you came with now belongs to this record.</p>}
        <nav class="jump" aria-label="What to do with this subject">
          <a class="button" href={to("network", id)}>Open the network</a>
          <button type="button" class="button quiet" aria-expanded={why} aria-controls="why" onClick={() => setWhy(!why)}>
            Why is this one {kindWord(subject.kind).toLowerCase()}?
          </button>
          <button type="button" class="button quiet" aria-expanded={same} onClick={() => setSame(!same)}>This is the same as…</button>
          <Watched id={subject.id} label={subject.label} told={setTold} />
        </nav>
        <p class="told" role="status">{told}</p>
      </header>
      <Warnings warnings={profile.warnings} flags={profile.flags} />
      <Disputes disputes={profile.disputes} />
      {same && (
        <SameAs id={subject.id} kind={subject.kind} close={() => setSame(false)}
          done={({ entities }) => { setSame(false); setTold(`Said: now ${entities.map((each) => each.label).join(" and ")}.`); setWhy(true); again(); }} />
      )}
      {why && <Why id={subject.id} changed={again} />}
      <div class="columns">
        <div class="main">
          <Golden id={subject.id} values={subject.golden} />
          <Associates key={profile.associates.edges.map((edge) => edge.node.entity.id).join()} id={id} first={profile.associates} />
          <Timeline key={profile.events.edges.map((edge) => edge.node.id).join()} id={id} first={profile.events} />
          <Where ids={[...profile.addresses.map((each) => each.to.id), ...profile.events.edges.map(({ node }) => node.to.id)]} />
        </div>
        <div class="side">
          {subject.sameIdentity.length > 0 && (
            <section class="card">
              <h2>Also known in other compartments</h2>
              <ul class="plain">{subject.sameIdentity.map((each) => <li key={each.id}><Thing thing={each} /> <Markings texts={each.markings} always /></li>)}</ul>
            </section>
          )}
          {vehicle && <Statements title="Who has it" links={had} none="No keeper and no driver is stated." />}
          {(!vehicle || profile.addresses.length > 0) && <Statements title="Addresses" links={profile.addresses} none="No address is stated." />}
          {(!vehicle || profile.identifiers.length > 0) && <Statements title="Identifiers and contacts" links={profile.identifiers} none="None is stated." />}
          {!vehicle && <Statements title="Vehicles" links={had} none="No vehicle is stated." />}
          <section class="card">
            <h2>Where this comes from</h2>
            <ul class="plain">{profile.sources.map((source) => <li key={source.name}>{source.name}</li>)}</ul>
            {profile.completeness.standard !== "none" && <p class="muted small">
              {profile.completeness.met ? `Complete by ${profile.completeness.standard}.` : `Missing by ${profile.completeness.standard}: ${missing.join(", ")}.`}
            </p>}
          </section>
        </div>
      </div>
    </article>
  );
}
