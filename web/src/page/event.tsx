// An event and what bears on it: the most relevant activities, with their reasons, when and where they were.

import { useRef, useState } from "preact/hooks";
import type { Data } from "../client";
import { useAsk } from "../part/ask";
import { Golden } from "../part/golden";
import { Icon } from "../part/icon";
import { Nothing, Trouble, Waiting } from "../part/notice";
import { Mapped, spotsOf } from "../part/mapped";
import { Around, Before } from "../part/plot";
import { Grade, Markings, Thing, Unfold } from "../part/thing";
import { to } from "../route";
import { count, date, kindWord, linkWord, plain, said } from "../words";

type Context = Data<"explorer/event">["eventContext"];
type Activity = Context["activities"][number];

const WINDOWS = [30, 90, 365];
const RADII = [200, 500, 1_000, 5_000];

export function EventPage({ id }: { id: string }) {
  const [windowDays, setWindow] = useState(90);
  const [radiusMetres, setRadius] = useState(500);
  const [chosen, choose] = useState<string | null>(null);
  const { data, fault, loading, again } = useAsk("explorer/event", id ? { id, windowDays, radiusMetres } : null);
  // Where another window or radius is not answered, what was stays, and it can be chosen again.
  const before = useRef(data);
  if (data) before.current = data;
  const shown = data ?? before.current;
  const trouble = fault && fault.cause !== "absent" && <Trouble fault={fault} again={again} />;
  if (!shown) return trouble || (loading ? <Waiting what="Looking for what bears on it" /> : <Nothing heading="No event by that id" />);
  const { event, activities, truncated } = shown.eventContext;
  const ends = event.links.edges.map(({ node }) => ({ ...node, other: node.from.id === event.id ? node.to : node.from }));
  return (
    <article class="profile event-page">
      <header class="head">
        <p class="kicker"><Icon kind={event.kind} /> {kindWord(event.kind)} <Markings texts={event.markings} always /></p>
        <h1><bdi>{event.label}</bdi></h1>
        <p class="lede">
          <span>{date(event.occurredFrom, event.occurredPrecision)}{event.occurredTo && ` to ${date(event.occurredTo, event.occurredPrecision)}`}</span>
          {event.status && <span>{plain(event.status)}</span>}
          {event.outcome && <span>{plain(event.outcome)}</span>}
        </p>
        {event.summary && <p><bdi>{event.summary}</bdi></p>}
        <nav class="jump" aria-label="What to do with this event"><a class="button" href={to("network", id)}>Open the network</a></nav>
      </header>
      <div class="columns">
        <div class="main">
          <section class="card relevant" aria-busy={loading}>
            <div class="card-head">
              <h2>What bears on it</h2>
              <span class="within">
                <label>Within <select value={windowDays} onChange={(change) => setWindow(Number(change.currentTarget.value))}>{WINDOWS.map((days) => <option key={days} value={days}>{days} days</option>)}</select></label>
                <label>and <select value={radiusMetres} onChange={(change) => setRadius(Number(change.currentTarget.value))}>{RADII.map((metres) => <option key={metres} value={metres}>{metres.toLocaleString("en-GB")} m</option>)}</select></label>
              </span>
            </div>
            {trouble}
            {activities.length === 0 && !fault && <p class="muted">Nothing that you may see is joined to it or happened near.</p>}
            <ol class="plain">{activities.map((each) => <Relevant key={each.entity.id} activity={each} chosen={chosen === each.entity.id} choose={choose} />)}</ol>
            {truncated && <p class="muted small">{count(truncated.suppressed, "event")} left out: {truncated.reason}.</p>}
          </section>
        </div>
        <div class="side">
          <Before event={event} activities={activities} days={windowDays} chosen={chosen} />
          <Mapped title="Map" chosen={chosen} none="Nothing of it has a place." spots={spotsOf([event, ...activities.map((each) => each.entity)])} />
          {event.location && <Around centre={event.location} activities={activities} metres={radiusMetres} chosen={chosen} />}
          <section class="card statements">
            <h2>Who and what was part of it</h2>
            {ends.length === 0 && <p class="muted">Nobody, as far as you may see.</p>}
            <ul class="plain">
              {ends.map((each) => <li key={each.id}><Thing thing={each.other} /> <Grade grade={each.grade} /><p class="small muted">{each.role ? said(each.role) : linkWord(each.type)} · {each.source.name}</p></li>)}
            </ul>
          </section>
          {event.golden.length > 0 && <Golden id={event.id} values={event.golden} />}
        </div>
      </div>
    </article>
  );
}

function Relevant({ activity, chosen, choose }: { activity: Activity; chosen: boolean; choose: (id: string) => void }) {
  const { entity } = activity;
  const [open, setOpen] = useState(false);
  const most = Math.max(...activity.reasons.map((reason) => reason.weight));
  const way = activity.path?.nodes.slice(1, -1) ?? [];
  return (
    <li class={chosen ? "chosen-row" : ""} onMouseEnter={() => choose(entity.id)} onFocusCapture={() => choose(entity.id)}>
      <div class="bearing">
        <span class="points" title="Relevance, 0 to 1">{activity.score.toFixed(2)}</span>
        <Unfold open={open} toggle={() => setOpen(!open)} what={`Why ${entity.label}`} />
        <span>
          <Thing thing={entity} /> <span class="muted small">{date(entity.occurredFrom, entity.occurredPrecision)}</span>
          {entity.summary && <span class="small clip"><bdi>{entity.summary}</bdi></span>}
          {way.length > 0 && <span class="small muted">through {way.map((each) => each.label).join(" → ")}</span>}
        </span>
      </div>
      {open && (
        <ul class="reasons plain">
          {activity.reasons.map((reason) => (
            <li key={reason.name}>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(100 * reason.weight) / most} height="8" class="track" />
                <rect width={(100 * reason.weight * reason.value) / most} height="8" class="fill" />
              </svg>
              <span>{reason.sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
