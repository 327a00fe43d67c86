// When and where activities were, beside an event: drawn to scale, without a map that would have to be fetched.

import { count, date } from "../words";
import { group } from "./icon";

interface Activity {
  score: number;
  entity: { id: string; kind: string; label: string; occurredFrom?: string | null; location?: { latitude: number; longitude: number } | null };
}

const DAY_MS = 86_400_000;
const WIDE = 320;

/** Activities by the days before and after the event. */
export function Before({ event, activities, days, chosen }: { event: { occurredFrom?: string | null }; activities: Activity[]; days: number; chosen: string | null }) {
  if (!event.occurredFrom) return null;
  const at = Date.parse(event.occurredFrom);
  const dated = activities.filter((each) => each.entity.occurredFrom).map((each) => ({ ...each, days: (Date.parse(each.entity.occurredFrom!) - at) / DAY_MS }));
  const x = (value: number): number => WIDE / 2 + (Math.max(-days, Math.min(days, value)) / days) * (WIDE / 2 - 12);
  const earlier = dated.filter((each) => each.days < 0).length;
  return (
    <section class="card plot">
      <h2>When</h2>
      <svg viewBox={`0 0 ${WIDE} 84`} role="img" aria-label={`${earlier} before, ${dated.length - earlier} after, within ${days} days`}>
        <line x1="12" x2={WIDE - 12} y1="56" y2="56" class="axis" />
        <line x1={WIDE / 2} x2={WIDE / 2} y1="6" y2="62" class="now" />
        {dated.map((each, n) => <circle key={each.entity.id} cx={x(each.days)} cy={46 - (n % 5) * 8} r={2.5 + 4 * each.score} class={`kind-${group(each.entity.kind)} ${chosen === each.entity.id ? "chosen-dot" : ""}`} fill="currentColor"><title>{each.entity.label}, {date(each.entity.occurredFrom)}</title></circle>)}
        <text x="12" y="76">{days} days before</text><text x={WIDE / 2} y="76" text-anchor="middle">event</text><text x={WIDE - 12} y="76" text-anchor="end">after</text>
      </svg>
    </section>
  );
}

const METRES_A_DEGREE = 111_320;

/** Activities by where they were, north up, with the event in the middle. */
export function Around({ centre, activities, metres, chosen }: { centre: { latitude: number; longitude: number }; activities: Activity[]; metres: number; chosen: string | null }) {
  const placed = activities.filter((each) => each.entity.location).map((each) => {
    const place = each.entity.location!;
    const east = (place.longitude - centre.longitude) * METRES_A_DEGREE * Math.cos((centre.latitude * Math.PI) / 180);
    const north = (place.latitude - centre.latitude) * METRES_A_DEGREE;
    return { ...each, east, north, away: Math.hypot(east, north) };
  });
  const inside = placed.filter((each) => each.away <= metres);
  const half = WIDE / 2;
  const scale = (half - 20) / metres;
  return (
    <section class="card plot">
      <h2>Where</h2>
      <svg viewBox={`0 0 ${WIDE} ${WIDE}`} role="img" aria-label={`${count(inside.length, "activity", "activities")} within ${metres} metres`}>
        {[1, 0.5].map((part) => <circle key={part} cx={half} cy={half} r={metres * part * scale} class="ring" />)}
        <path d={`M${half} 16v${WIDE - 32}M16 ${half}h${WIDE - 32}`} class="cross" />
        <text x={half} y="12" text-anchor="middle">N</text>
        <text x={half + 4} y={half - metres * scale + 14}>{metres.toLocaleString("en-GB")} m</text>
        {inside.map((each) => <circle key={each.entity.id} cx={half + each.east * scale} cy={half - each.north * scale} r={3 + 5 * each.score} class={`kind-${group(each.entity.kind)} spot ${chosen === each.entity.id ? "chosen-dot" : ""}`} fill="currentColor"><title>{each.entity.label}, {Math.round(each.away)} m away</title></circle>)}
        <path d={`M${half - 6} ${half}h12M${half} ${half - 6}v12`} class="here" />
      </svg>
      <p class="small muted">{placed.length - inside.length > 0 && `${placed.length - inside.length} further away. `}{activities.length - placed.length > 0 && `${activities.length - placed.length} without a place.`}</p>
    </section>
  );
}
