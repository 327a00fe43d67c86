// Events of a subject: how many when, as a strip, and each of them, newest first.

import { useState } from "preact/hooks";
import { ask, type Data } from "../client";
import { count, dayOf, kindWords, plain, said } from "../words";
import { group } from "./icon";
import { useMore } from "./more";
import { More, Trouble } from "./notice";
import { Grade, Thing } from "./thing";

type Connection = NonNullable<Data<"explorer/profile">["subjectProfile"]>["events"];
type Happened = Connection["edges"][number]["node"];

const when = (event: Happened): string => event.to.occurredFrom ?? event.validFrom ?? "";

export function Timeline({ id, first }: { id: string; first: Connection }) {
  const { edges, whole, told, fault, loading, more } = useMore(first, async (after) => {
    const { data, marking } = await ask("explorer/events", { id, after });
    return { list: data.subjectProfile?.events, marking };
  });
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const events = edges.map((edge) => edge.node);
  const kinds = [...new Set(events.map((event) => event.to.kind as string))].sort();
  const seen = events.filter((event) => !hidden.has(event.to.kind));

  function toggle(kind: string): void {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  }

  return (
    <section class="card timeline">
      <h2>Timeline</h2>
      {events.length === 0 ? <p class="muted">No event that you may see.</p> : (
        <>
          <Strip events={seen} whole={whole} />
          {kinds.length > 1 && (
            <div class="filters" role="group" aria-label="Kinds of events">
              {kinds.map((kind) => <button key={kind} type="button" class="chip" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>{kindWords(kind)}</button>)}
            </div>
          )}
          <ol class="plain events">{seen.map((event, at) => <Row key={event.id} event={event} year={year(event) === year(seen[at - 1]) ? "" : year(event)} />)}</ol>
        </>
      )}
      {fault && <Trouble fault={fault} again={more} />}
      {!whole && <More told={told} loading={loading} more={more}>Show older events</More>}
    </section>
  );
}

const year = (event: Happened | undefined): string => (event ? when(event).slice(0, 4) || "No date" : "");

function Row({ event, year }: { event: Happened; year: string }) {
  return (
    <li class="event">
      <span class="year">{year}</span>
      <time class="day" dateTime={when(event) || undefined}>{when(event) && dayOf(when(event), event.to.occurredPrecision ?? event.validPrecision)}</time>
      <span class="what">
        <Thing thing={event.to} /> {event.role && <span class={`role role-${event.role.toLowerCase()}`}>{said(event.role)}</span>}
        <span class="small muted">{event.to.outcome && <> · {plain(event.to.outcome)}</>} · {event.source.name} <Grade grade={event.grade} /></span>
      </span>
    </li>
  );
}

/** Events by month, as bars in the colours of their kinds. */
function Strip({ events, whole }: { events: Happened[]; whole: boolean }) {
  const dated = events.filter((event) => when(event).length >= 7);
  if (dated.length < 2) return null;
  const months = new Map<number, Happened[]>();
  const month = (event: Happened): number => Number(when(event).slice(0, 4)) * 12 + Number(when(event).slice(5, 7)) - 1;
  for (const event of dated) months.set(month(event), [...(months.get(month(event)) ?? []), event]);
  const first = Math.min(...months.keys());
  const last = Math.max(...months.keys());
  const span = Math.max(last - first + 1, 12);
  const most = Math.max(...[...months.values()].map((list) => list.length));
  const from = last - span + 1;
  const width = 720 / span;
  const height = 56;
  const years = [...Array(span).keys()].map((at) => from + at).filter((at) => at % 12 === 0);
  const name = `${count(dated.length, "event")}${whole ? "" : ", the newest"}, ${Math.floor(first / 12)} to ${Math.floor(last / 12)}, at most ${most} in a month`;
  return (
    <svg class="strip" viewBox={`0 0 720 ${height + 18}`} role="img" aria-label={name}>
      {years.map((at) => <g key={at}><line x1={(at - from) * width} x2={(at - from) * width} y1="0" y2={height} class="grid" /><text x={(at - from) * width + 3} y={height + 14}>{at / 12}</text></g>)}
      {[...months].map(([at, list]) => {
        let y = height;
        return list.map((event) => {
          const tall = (height - 4) / most;
          y -= tall;
          return <rect key={event.id} x={(at - from) * width + 1} width={Math.max(width - 2, 2)} y={y} height={Math.max(tall - 0.7, 1)} class={`kind-${group(event.to.kind)}`} fill="currentColor" />;
        });
      })}
      <line x1="0" x2="720" y1={height} y2={height} class="axis" />
    </svg>
  );
}
