// A map of our own: points, outlines of areas and a scale, in Web Mercator; behind them tiles, where the installation names a server of them.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask } from "../client";
import { beginning } from "../session";
import { count, date } from "../words";
import { useMarking } from "./ask";
import { group, Icon } from "./icon";
import { pageOf } from "../route";

export interface Spot {
  id: string;
  kind: string;
  label: string;
  when?: string | null;
  at: { latitude: number; longitude: number };
}

interface View {
  /** The middle, in the unit square of Web Mercator, and how near: tiles of 2^zoom across the world. */
  x: number;
  y: number;
  zoom: number;
}

const [WIDE, HIGH, TILE] = [720, 440, 256];
const [NEAREST, FURTHEST] = [18, 4];
const EQUATOR_M = 40_075_017;
const CENTRE = { latitude: 53.2, longitude: -1.9 };

const across = (longitude: number): number => (longitude + 180) / 360;
const down = (latitude: number): number => {
  const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

/** The view that shows all of these. */
function whole(spots: readonly Spot[]): View {
  if (spots.length === 0) return { x: across(CENTRE.longitude), y: down(CENTRE.latitude), zoom: 6 };
  const xs = spots.map((spot) => across(spot.at.longitude));
  const ys = spots.map((spot) => down(spot.at.latitude));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const zoom = Math.min(Math.log2((WIDE - 80) / TILE / Math.max(right - left, 1e-9)), Math.log2((HIGH - 80) / TILE / Math.max(bottom - top, 1e-9)), 15);
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(FURTHEST, Math.floor(zoom)) };
}

type Ring = readonly (readonly [number, number])[];
interface Outline {
  label: string;
  rings: Ring[];
}

/** The rings of a GeoJSON polygon; none where the text is something else. */
export function rings(text: string): Ring[] {
  try {
    const made = JSON.parse(text) as { type: string; coordinates: unknown };
    if (made.type === "Polygon") return made.coordinates as Ring[];
    if (made.type === "MultiPolygon") return (made.coordinates as Ring[][]).flat();
  } catch {
    // An outline that cannot be read is not drawn.
  }
  return [];
}

/** Areas with an outline, asked once for each map that is opened. */
function useOutlines(): Outline[] {
  const [found, setFound] = useState<Outline[]>([]);
  const [marking, setMarking] = useState<string | null>(null);
  useMarking(marking);
  useEffect(() => {
    const gone = new AbortController();
    ask("explorer/outlines", {}, gone.signal).then(
      ({ data, marking }) => {
        setFound(data.entities.edges.map(({ node }) => ({ label: node.label, rings: rings(node.boundary ?? "") })));
        setMarking(marking);
      },
      // A map without outlines is a map.
      () => undefined,
    );
    return () => gone.abort();
  }, []);
  return found;
}

export default function Map({ spots, chosen = null, title }: { spots: readonly Spot[]; chosen?: string | null; title: string }) {
  const key = useMemo(() => spots.map((spot) => spot.id).sort().join(" "), [spots]);
  const [view, setView] = useState<View>(() => whole(spots));
  const [picked, pick] = useState<string | null>(null);
  const fingers = useRef(new globalThis.Map<number, [number, number]>());
  const apart = useRef(0);
  // Whoever moved it stays where they looked when more comes.
  const moved = useRef(false);
  const outlines = useOutlines();
  useEffect(() => { if (!moved.current) setView(whole(spots)); }, [key]);
  const size = TILE * 2 ** view.zoom;
  const sx = (x: number): number => WIDE / 2 + (x - view.x) * size;
  const sy = (y: number): number => HIGH / 2 + (y - view.y) * size;
  const move = (dx: number, dy: number): void => {
    moved.current = true;
    setView((now) => ({ ...now, x: now.x + dx / size, y: now.y + dy / size }));
  };
  /** Nearer or further; what lies at this place of the drawing stays there. */
  const zoom = (by: number, at: readonly [number, number] = [WIDE / 2, HIGH / 2]): void => {
    moved.current = true;
    setView((now) => {
      const next = Math.max(FURTHEST, Math.min(NEAREST, now.zoom + by));
      const less = (1 - 2 ** (now.zoom - next)) / (TILE * 2 ** now.zoom);
      return { x: now.x + (at[0] - WIDE / 2) * less, y: now.y + (at[1] - HIGH / 2) * less, zoom: next };
    });
  };
  const named = spots.find((spot) => spot.id === picked);

  function keys(event: KeyboardEvent): void {
    const steps: Record<string, () => void> = {
      ArrowLeft: () => move(-60, 0), ArrowRight: () => move(60, 0), ArrowUp: () => move(0, -60), ArrowDown: () => move(0, 60), "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1),
    };
    const step = steps[event.key];
    if (!step) return;
    step();
    event.preventDefault();
  }

  /** Where on the drawing. */
  const placeOf = (event: MouseEvent): [number, number] => {
    const { left, top, width } = (event.currentTarget as Element).getBoundingClientRect();
    return [((event.clientX - left) * WIDE) / width, ((event.clientY - top) * WIDE) / width];
  };

  /** Fingers move it (one alone sideways: up and down it moves the page); two that part or close zoom, a step for each doubling. */
  function drag(event: PointerEvent): void {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    fingers.current.set(event.pointerId, now);
    const [first, second] = [...fingers.current.values()];
    move((before[0] - now[0]) / fingers.current.size, (before[1] - now[1]) / fingers.current.size);
    if (!first || !second) return;
    const far = Math.hypot(first[0] - second[0], first[1] - second[1]);
    const by = apart.current ? Math.round(Math.log2(far / apart.current)) : 0;
    if (by !== 0 || apart.current === 0) apart.current = far;
    if (by !== 0) zoom(by, [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2]);
  }

  function release(event: PointerEvent): void {
    fingers.current.delete(event.pointerId);
    apart.current = 0;
  }

  const groups = gathered(spots, sx, sy);
  return (
    <div class="map" data-testid="map">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} tabindex={0} role="group" aria-label={`${title}: map of ${count(spots.length, "place")}. Arrows move it, plus and minus zoom`} onKeyDown={keys}
        onPointerDown={(event) => fingers.current.set(event.pointerId, placeOf(event))} onPointerMove={drag} onPointerUp={release} onPointerCancel={release} onPointerLeave={release}
        onDblClick={(event) => zoom(event.shiftKey ? -1 : 1, placeOf(event))}
        onWheel={(event) => { if (!event.ctrlKey && document.activeElement !== event.currentTarget) return; event.preventDefault(); if (Math.abs(event.deltaY) > 3) zoom(event.deltaY < 0 ? 1 : -1, placeOf(event)); }}>
        <rect width={WIDE} height={HIGH} class="sea" />
        <Tiles view={view} sx={sx} sy={sy} />
        {outlines.map((outline) => <path key={outline.label} class="outline" d={outline.rings.map((ring) => `M${ring.map(([lon, lat]) => `${sx(across(lon)).toFixed(1)} ${sy(down(lat)).toFixed(1)}`).join("L")}Z`).join("")}><title>{outline.label}</title></path>)}
        {groups.map(({ x, y, spots: here }) => {
          const [spot] = here as [Spot];
          if (here.length > 1 && view.zoom < NEAREST) {
            return (
              <g key={spot.id} class="cluster" onClick={() => zoom(2, [x, y])}>
                <circle cx={x.toFixed(1)} cy={y.toFixed(1)} r={(9 + 3 * Math.log2(here.length)).toFixed(1)} /><text x={x.toFixed(1)} y={(y + 4).toFixed(1)} text-anchor="middle">{here.length}</text>
                <title>{count(here.length, "place")}, nearer shows them</title>
              </g>
            );
          }
          const first = here.some((each) => each.id === chosen || each.id === picked);
          return (
            <circle key={spot.id} cx={x.toFixed(1)} cy={y.toFixed(1)} r={first ? 9 : 6} fill="currentColor" class={`spot kind-${group(spot.kind)} ${first ? "chosen-dot" : ""}`} onClick={() => pick(spot.id)}>
              <title>{spot.label}{spot.when ? `, ${date(spot.when)}` : ""}</title>
            </circle>
          );
        })}
        <Scale view={view} />
      </svg>
      <div class="map-tools" role="toolbar" aria-label="Map">
        <button type="button" onClick={() => zoom(1)} aria-label="Nearer">+</button>
        <button type="button" onClick={() => zoom(-1)} aria-label="Further">−</button>
        <button type="button" onClick={() => { moved.current = false; setView(whole(spots)); }}>Whole</button>
      </div>
      {named && <p class="small"><Icon kind={named.kind} /> <a href={pageOf(named)}><bdi>{named.label}</bdi></a> {named.when && <span class="muted">{date(named.when)}</span>}</p>}
      <details class="places"><summary>{count(spots.length, "place")} as a list</summary>
        <ul class="plain">{spots.map((spot) => <li key={spot.id}><a href={pageOf(spot)}><bdi>{spot.label}</bdi></a> <span class="small muted">{spot.at.latitude.toFixed(4)}, {spot.at.longitude.toFixed(4)}{spot.when ? ` · ${date(spot.when)}` : ""}</span></li>)}</ul>
      </details>
      {beginning.value?.tiles && <p class="small muted">{beginning.value.tilesCredit}</p>}
    </div>
  );
}

// Closer together than this, in pixels, dots are one.
const NEAR = 22;

/** Places that would lie on one another, gathered: by squares of the map that hold still while it is moved. */
function gathered(spots: readonly Spot[], sx: (x: number) => number, sy: (y: number) => number): { x: number; y: number; spots: Spot[] }[] {
  const all = new globalThis.Map<string, { x: number; y: number; spots: Spot[] }>();
  for (const spot of spots) {
    const [x, y] = [sx(across(spot.at.longitude)), sy(down(spot.at.latitude))];
    const key = `${Math.floor((x - sx(0)) / NEAR)} ${Math.floor((y - sy(0)) / NEAR)}`;
    const of = all.get(key);
    if (of) of.spots.push(spot);
    else all.set(key, { x, y, spots: [spot] });
  }
  return [...all.values()];
}

function Tiles({ view, sx, sy }: { view: View; sx: (x: number) => number; sy: (y: number) => number }) {
  const address = beginning.value?.tiles;
  if (!address) return null;
  const n = 2 ** view.zoom;
  const [w, h] = [WIDE / TILE / 2, HIGH / TILE / 2];
  const [left, right, top, bottom] = [Math.floor(view.x * n - w), Math.floor(view.x * n + w), Math.floor(view.y * n - h), Math.floor(view.y * n + h)];
  const tiles: [number, number][] = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) if (x >= 0 && y >= 0 && x < n && y < n) tiles.push([x, y]);
  return <>{tiles.map(([x, y]) => <image key={`${view.zoom} ${x} ${y}`} href={address.replace("{z}", String(view.zoom)).replace("{x}", String(x)).replace("{y}", String(y))} x={sx(x / n)} y={sy(y / n)} width={TILE + 0.5} height={TILE + 0.5} />)}</>;
}

/** How long a length on the map is on the ground, at its middle. */
function Scale({ view }: { view: View }) {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * view.y)));
  const metre = (TILE * 2 ** view.zoom) / EQUATOR_M / Math.cos(latitude);
  const lengths = [1, 2, 5].flatMap((first) => [1, 2, 3, 4, 5].map((zeros) => first * 10 ** zeros)).sort((a, b) => b - a);
  const metres = lengths.find((each) => each * metre <= 160) ?? 10;
  return (
    <g class="scale" aria-hidden="true">
      <path d={`M14 ${HIGH - 20}v6h${(metres * metre).toFixed(1)}v-6`} />
      <text x="18" y={HIGH - 20}>{metres < 1_000 ? `${metres} m` : `${metres / 1_000} km`}</text>
      <text x={WIDE - 14} y="20" text-anchor="end">N ↑</text>
    </g>
  );
}
