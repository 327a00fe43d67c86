// The network as lines and words that can be printed and drawn on: what is shown, where it stands, for light paper.

import { render } from "preact";
import { group } from "../part/icon";
import type { Network, Shown } from "./model";
import type { Places } from "./state";

// The light dress of the page (style/base.css): paper is white, and a file has no page around it.
const KINDS: Record<string, string> = {
  person: "#1a57a6", organisation: "#6b3fa0", vehicle: "#8a4b00", phone: "#0c6e62", place: "#56700a", object: "#5d5f66", marker: "#b3131b",
  event: "#a3286b", intel_report: "#7a3e9d", officer: "#3d5a73",
};
export const HUES = ["#1a57a6", "#b3432b", "#0d6b4f", "#8a4b00", "#6b3fa0", "#0c6e62", "#a3286b", "#5d5f66"];
const [INK, TIE, WEAK, STRONG] = ["#0f1518", "#8d9aa4", "#b56a00", "#1a57a6"];
const [WIDE, HIGH, EDGE, HEAD] = [1200, 820, 70, 34];
const LONGEST = 40;
// Beyond these, words would lie on one another: the greatest and the noted have theirs.
const MOST_LABELS = 120;

interface Props {
  network: Network;
  view: Shown;
  places: Places;
  marking: string;
  words: string;
}

export function Picture({ network, view, places, marking, words }: Props) {
  const nodes = [...view.nodes].map((id) => ({ node: network.nodes.get(id)!, at: places.get(id) ?? { x: 0, y: 0 }, ties: view.degrees.get(id) ?? 0 }));
  const xs = nodes.map((each) => each.at.x);
  const ys = nodes.map((each) => each.at.y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((WIDE - 2 * EDGE) / Math.max(right - left, 1), (HIGH - 2 * EDGE) / Math.max(high - low, 1));
  const [ox, oy] = [(WIDE - (right - left) * scale) / 2, (HIGH - (high - low) * scale) / 2];
  // Up is up: the drawing's y grows upwards, a page's downwards.
  const on = new Map(nodes.map(({ node, at }) => [node.id, { x: ox + (at.x - left) * scale, y: HEAD + HIGH - oy - (at.y - low) * scale }]));
  const starts = new Set(network.starts);
  const players = new Set(network.players.map((each) => each.id));
  const named = new Set([...nodes].sort((a, b) => b.ties - a.ties || a.node.id.localeCompare(b.node.id)).slice(0, MOST_LABELS).map((each) => each.node.id));
  const colour = (id: string, kind: string): string => {
    const of = network.groups.get(id);
    return of !== undefined ? HUES[Math.min(of, HUES.length - 1)]! : network.groups.size ? TIE : KINDS[group(kind)] ?? INK;
  };
  const whole = HIGH + 2 * HEAD;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${WIDE} ${whole}`} width={WIDE} height={whole} font-family="Arial, 'Liberation Sans', sans-serif" role="img" aria-label={`The network, ${marking}`}>
      <rect width={WIDE} height={whole} fill="#ffffff" />
      {[HEAD * 0.65, whole - HEAD * 0.35].map((y) => <text key={y} x={WIDE / 2} y={y} text-anchor="middle" font-size="16" font-weight="700" fill={INK}>{marking}</text>)}
      <text x="10" y={whole - HEAD * 0.35} font-size="11" fill={INK}>{words}</text>
      <g stroke-linecap="round">
        {[...view.ties].map(([key, links]) => {
          const [a, b] = key.split(" ").map((id) => on.get(id)!) as [{ x: number; y: number }, { x: number; y: number }];
          const weak = links.every((link) => link.grade && link.grade.intelligence >= "D");
          const path = network.path.has(key);
          return <line key={key} x1={r(a.x)} y1={r(a.y)} x2={r(b.x)} y2={r(b.y)} stroke={path ? STRONG : weak ? WEAK : TIE} stroke-width={path ? 4 : r(1 + Math.min(Math.log2(links.length), 3) * 0.7)} />;
        })}
      </g>
      {nodes.map(({ node, ties }) => {
        const { x, y } = on.get(node.id)!;
        const size = Math.min(4 + 2 * Math.log2(1 + ties), 15) + (starts.has(node.id) ? 3 : 0) + (players.has(node.id) ? 3 : 0);
        const label = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
        return (
          <g key={node.id}>
            <circle cx={r(x)} cy={r(y)} r={r(size)} fill={colour(node.id, node.kind)} stroke="#ffffff" stroke-width="1.5" />
            {(named.has(node.id) || network.notes.has(node.id)) && <text x={r(x + size + 4)} y={r(y + 4)} font-size="12" fill={INK} stroke="#ffffff" stroke-width="3" paint-order="stroke">{label}{network.notes.has(node.id) ? " ✎" : ""}</text>}
          </g>
        );
      })}
    </svg>
  );
}

const r = (value: number): number => Math.round(value * 10) / 10;

/** The picture as a file. */
export function file(props: Props): Blob {
  const place = document.createElement("div");
  render(<Picture {...props} />, place);
  const text = new XMLSerializer().serializeToString(place.firstElementChild!);
  render(null, place);
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: "image/svg+xml" });
}
