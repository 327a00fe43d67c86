// Where things stand. What stands already keeps its place; the same network asked the same way looks the same.

import type Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** A number between 0 and 1 that belongs to an id. */
function chance(id: string, salt: number): number {
  let hash = 2166136261 ^ salt;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619);
  return ((hash >>> 0) % 100_000) / 100_000;
}

const START = 30;

/** Give each node without a place one beside a neighbour that has one. */
function begin(graph: Graph): string[] {
  const fresh = graph.filterNodes((_, node) => node["x"] === undefined);
  const without = new Set(fresh);
  for (const id of fresh) {
    const known = graph.neighbors(id).find((other) => graph.getNodeAttribute(other, "x") !== undefined && !without.has(other));
    const angle = 2 * Math.PI * chance(id, 1);
    const far = START * (0.6 + chance(id, 2));
    const x = known ? (graph.getNodeAttribute(known, "x") as number) : 0;
    const y = known ? (graph.getNodeAttribute(known, "y") as number) : 0;
    graph.mergeNodeAttributes(id, { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) });
  }
  return fresh;
}

/** Place what is new; with `anew`, everything that is not pinned. */
export function arrange(graph: Graph, pinned: ReadonlySet<string>, anew = false): void {
  const first = graph.everyNode((_, node) => node["x"] === undefined);
  const fresh = new Set(begin(graph));
  if (graph.order < 2 || (fresh.size === 0 && !anew)) return;
  const all = anew || first;
  graph.updateEachNodeAttributes((id, node) => ({ ...node, fixed: pinned.has(id) || (!all && !fresh.has(id)) }));
  const iterations = graph.order < 250 ? 400 : graph.order < 1_000 ? 160 : graph.order < 4_000 ? 60 : 25;
  forceAtlas2.assign(graph, {
    iterations,
    settings: { ...forceAtlas2.inferSettings(graph), gravity: 0.6, scalingRatio: 14, slowDown: 4, linLogMode: false, outboundAttractionDistribution: true, barnesHutOptimize: graph.order > 400, adjustSizes: graph.order < 400 },
  });
}
