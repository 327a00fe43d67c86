// What is happening: figures that come by themselves, for a desk or a screen on the wall.

import { useState } from "preact/hooks";
import type { Data } from "../client";
import { Alerts } from "../part/alerts";
import { useMarking } from "../part/ask";
import { Incidents } from "../part/incidents";
import { Trouble, Waiting } from "../part/notice";
import { useStream } from "../part/stream";
import { moment, plain, said } from "../words";

type Metrics = Data<"explorer/live">["metrics"];
type Tile = Metrics["tiles"][number];

const WINDOWS: [string, string][] = [["1h", "hour"], ["8h", "8 hours"], ["24h", "24 hours"], ["7d", "7 days"], ["30d", "30 days"]];

const NAMES: Record<string, string> = {
  incidents: "Incidents", open: "Open incidents", unassigned: "Nobody assigned yet", committed: "Assigned to a unit", waiting_p50: "Half have waited", waiting_longest: "Longest wait",
  response_p50: "Half reached within", response_p90: "Nine in ten reached within", response_times: "Reached, by the time it took",
  repeat_callers: "Repeat callers", repeat_locations: "Repeat locations", crimes: "Crimes", public_events: "Public events", public_order_officers: "Officers at public events",
  data_age: "Age of the oldest source", incidents_by_type: "Incidents by type", incidents_by_status: "Incidents by status",
  incidents_by_area: "Incidents by area", open_by_area: "Open incidents by area", officers_committed: "Officers on open incidents",
};
// Whose groups are priorities, which most forces number.
const BY_PRIORITY = new Set(["incidents", "open", "unassigned", "committed", "waiting_p50", "waiting_longest", "response_p50", "response_p90"]);

export function Live(_: { id: string }) {
  const [window, setWindow] = useState("24h");
  const [metrics, setMetrics] = useState<Metrics | null>(null);
  const [marking, setMarking] = useState<string | null>(null);
  useMarking(marking);
  const { fault, again } = useStream("explorer/live", { window }, (answer) => {
    setMetrics(answer.data.metrics);
    setMarking(answer.marking);
  });

  return (
    <article class="live">
      <header class="head">
        <h1>What is happening</h1>
        <div class="filters" role="group" aria-label="Of the last">
          {WINDOWS.map(([each, words]) => <button key={each} type="button" class="chip" aria-pressed={window === each} onClick={() => { setMetrics(null); setWindow(each); }}>Last {words}</button>)}
        </div>
      </header>
      {fault && <Trouble fault={fault} again={again} />}
      <Alerts away={fault !== null} />
      {metrics ? (
        <>
          <p class="muted small" role="status">{fault ? "Not up to date: as it was " : "Up to date "}{moment(metrics.asOf)}</p>
          <div class="tiles">{metrics.tiles.map((tile) => <One key={tile.name} tile={tile} />)}</div>
        </>
      ) : !fault && <Waiting what="Counting" />}
      {metrics && <Incidents key={window} window={window} asOf={metrics.asOf} away={fault !== null} />}
    </article>
  );
}

function One({ tile }: { tile: Tile }) {
  const groups = [...tile.groups].sort((a, b) => b.value - a.value).slice(0, 6);
  const most = Math.max(...groups.map((each) => each.value), 1);
  return (
    <section class="card tile" data-tile={tile.name}>
      <h2>{NAMES[tile.name] ?? said(tile.name)}</h2>
      <p class="figure">{figure(tile.value, tile.unit)}{tile.change !== null && <Change change={tile.change} />}</p>
      <Spark series={tile.series} />
      {tile.name === "response_times" ? <Spread groups={tile.groups} /> : groups.length > 0 && (
        <ul class="plain groups">
          {groups.map((each) => (
            <li key={each.key}>
              <span class="key">{BY_PRIORITY.has(tile.name) && /^\d+$/.test(each.key) ? `Priority ${each.key}` : plain(each.key)}</span>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width={(100 * each.value) / most} height="6" class="fill" /></svg>
              <span class="n">{figure(each.value, tile.unit)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many took how long, from the shortest time to the longest. */
function Spread({ groups }: { groups: Tile["groups"] }) {
  const ordered = groups.map((each) => ({ at: each.key, value: each.value, until: Number(each.key) })).sort((a, b) => a.until - b.until);
  const [first, last] = [ordered[0], ordered[ordered.length - 1]];
  if (!first || !last) return null;
  return (
    <>
      <Spark series={ordered} />
      <p class="muted small">Up to {figure(first.until, "s")} on the left, up to {figure(last.until, "s")} on the right.</p>
    </>
  );
}

function Change({ change }: { change: number }) {
  const percent = Math.round(change * 100);
  const words = percent === 0 ? "as before" : `${Math.abs(percent)}% ${percent > 0 ? "more" : "less"}`;
  return <span class="change" title="Beside the same time before">{percent > 0 ? "▲" : percent < 0 ? "▼" : "■"} {words}</span>;
}

/** Seconds as people say them, anything else as a number. */
function figure(value: number, unit: string): string {
  if (!unit.startsWith("s")) return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
  if (value < 90) return `${Math.round(value)} s`;
  if (value < 5_400) return `${Math.round(value / 60)} min`;
  if (value < 172_800) return `${Math.round(value / 3_600)} h`;
  return `${Math.round(value / 86_400)} days`;
}

function Spark({ series }: { series: readonly { at: string; value: number }[] }) {
  const most = Math.max(...series.map((point) => point.value), 0);
  if (series.length < 2 || most === 0) return null;
  const step = 200 / series.length;
  return (
    <svg class="spark" viewBox="0 0 200 40" preserveAspectRatio="none" aria-hidden="true">
      {series.map((point, at) => <rect key={point.at} x={at * step + 0.5} width={Math.max(step - 1, 0.8)} y={40 - (38 * point.value) / most} height={(38 * point.value) / most} />)}
    </svg>
  );
}
