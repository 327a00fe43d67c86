// A network as it is looked at: what was found, what is shown of it, what was left out. Pure; nothing here is drawn.

import type { Data } from "../client";

type Found = Data<"explorer/network">["expand"];
export type Node = Found["nodes"][number];
export type Link = Found["links"][number];

/** Two things and all statements that join them. */
export interface Tie {
  key: string;
  a: string;
  b: string;
  links: Link[];
}

export interface Filters {
  /** Kinds and types that are not shown. */
  kinds: ReadonlySet<string>;
  types: ReadonlySet<string>;
  /** The weakest grade that is shown: the letter of the intelligence; E shows all, the ungraded too. */
  weakest: string;
  /** Only what had begun by this month (years * 12 + months); null: all. */
  until: number | null;
  /** Hide what has more links than this; null: nothing. */
  crowded: number | null;
}

export const ALL: Filters = { kinds: new Set(), types: new Set(), weakest: "E", until: null, crowded: null };

/** Everything that was found so far. */
export interface Network {
  nodes: ReadonlyMap<string, Node>;
  ties: ReadonlyMap<string, Tie>;
  /** What was asked for: these stay whatever is filtered, and are what an export is made of. */
  starts: readonly string[];
  /** What was put away by hand. */
  away: ReadonlySet<string>;
  pinned: ReadonlySet<string>;
  /** What the server left out of each answer, in its words. */
  left: readonly string[];
  /** The ties of the path that was asked for. */
  path: ReadonlySet<string>;
  /** What was noted at things. */
  notes: ReadonlyMap<string, string>;
  /** The group that each was found in, from 0, the largest, on; empty where no groups were asked for. */
  groups: ReadonlyMap<string, number>;
  /** Who holds the network together, by rank; empty where that was not asked for. */
  players: readonly Player[];
}

/** Somebody who matters, with the range of the score where links and merges are doubted. */
export interface Player {
  id: string;
  label: string;
  rank: number;
  score: number;
  low: number;
  high: number;
  because: string;
}

export const NONE: Network = { nodes: new Map(), ties: new Map(), starts: [], away: new Set(), pinned: new Set(), left: [], path: new Set(), notes: new Map(), groups: new Map(), players: [] };

const keyOf = (link: Link): string => (link.from.id < link.to.id ? `${link.from.id} ${link.to.id}` : `${link.to.id} ${link.from.id}`);

/** The network with what was found added to it; what was put away by hand comes back where it is found again. */
export function add(network: Network, found: { nodes: Node[]; links: Link[] }, starts: string[], left: string[] = []): Network {
  const nodes = new Map(network.nodes);
  const away = new Set(network.away);
  for (const node of found.nodes) {
    nodes.set(node.id, node);
    away.delete(node.id);
  }
  const ties = new Map(network.ties);
  for (const link of found.links) {
    if (link.from.id === link.to.id || !nodes.has(link.from.id) || !nodes.has(link.to.id)) continue;
    const key = keyOf(link);
    const tie = ties.get(key);
    if (tie?.links.some((each) => each.id === link.id)) continue;
    const [a, b] = key.split(" ") as [string, string];
    ties.set(key, { key, a, b, links: [...(tie?.links ?? []), link] });
  }
  return { ...network, nodes, ties, away, starts: [...new Set([...network.starts, ...starts])], left: [...network.left, ...left] };
}

/** The network with the ties of a path marked. */
export function mark(network: Network, paths: { links: Link[] }[]): Network {
  return { ...network, path: new Set(paths.flatMap((path) => path.links.map(keyOf))) };
}

/** The month of a link: when it began, else when the event at one end happened; null where nobody says. */
export function monthOf(link: Link, nodes: ReadonlyMap<string, Node>): number | null {
  const text = link.validFrom ?? nodes.get(link.to.id)?.occurredFrom ?? nodes.get(link.from.id)?.occurredFrom;
  return text ? Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1 : null;
}

/** What is shown: nodes and, of each tie, the links that pass; and what the filters left out, in words. */
export interface Shown {
  nodes: ReadonlySet<string>;
  ties: ReadonlyMap<string, Link[]>;
  /** How many ties that are shown a node has. */
  degrees: ReadonlyMap<string, number>;
  crowded: Node[];
  hidden: number;
}

export function shown(network: Network, filters: Filters): Shown {
  const starts = new Set(network.starts);
  const crowded: Node[] = [];
  const kept = new Set<string>();
  for (const node of network.nodes.values()) {
    if (network.away.has(node.id)) continue;
    if (starts.has(node.id)) kept.add(node.id);
    else if (filters.kinds.has(node.kind)) continue;
    else if (filters.crowded !== null && node.degree > filters.crowded) crowded.push(node);
    else kept.add(node.id);
  }
  const ties = new Map<string, Link[]>();
  const degrees = new Map<string, number>();
  for (const tie of network.ties.values()) {
    if (!kept.has(tie.a) || !kept.has(tie.b)) continue;
    const links = tie.links.filter((link) => passes(link, filters, network.nodes));
    if (links.length === 0) continue;
    ties.set(tie.key, links);
    for (const end of [tie.a, tie.b]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  // What nothing that is shown joins any more is not shown either.
  const nodes = new Set([...kept].filter((id) => degrees.has(id) || starts.has(id)));
  return { nodes, ties, degrees, crowded, hidden: network.nodes.size - network.away.size - nodes.size };
}

function passes(link: Link, filters: Filters, nodes: ReadonlyMap<string, Node>): boolean {
  if (filters.types.has(link.type)) return false;
  if (filters.weakest !== "E" && (!link.grade || link.grade.intelligence > filters.weakest)) return false;
  const month = filters.until === null ? null : monthOf(link, nodes);
  return filters.until === null || month === null || month <= filters.until;
}

/** The months that the links span; null where none is dated. */
export function span(network: Network): [number, number] | null {
  let [first, last] = [Infinity, -Infinity];
  for (const tie of network.ties.values()) {
    for (const link of tie.links) {
      const month = monthOf(link, network.nodes);
      if (month === null) continue;
      first = Math.min(first, month);
      last = Math.max(last, month);
    }
  }
  return first < last ? [first, last] : null;
}

/** How many there are of each, most first. */
export function counted(names: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** The network with these pinned, or put away. */
export function all(network: Network, set: "pinned" | "away", ids: Iterable<string>): Network {
  return { ...network, [set]: new Set([...network[set], ...ids]) };
}

/** The network with this noted at these; an empty text takes notes away. */
export function noted(network: Network, ids: Iterable<string>, text: string): Network {
  const notes = new Map(network.notes);
  for (const id of ids) {
    if (text.trim()) notes.set(id, text.trim());
    else notes.delete(id);
  }
  return { ...network, notes };
}

/** The last day of a month. */
export const lastDay = (month: number): string => new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

/** The month of a day. */
export const monthOfDay = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** What the server has to be asked so that it answers what these filters show: types where some are hidden, grade and day. */
export function asked<T extends string>(network: Network, filters: Filters): { types: T[] | null; minGrade: { source: number; intelligence: string } | null; until: string | null } {
  const types = new Set([...network.ties.values()].flatMap((tie) => tie.links.map((link) => link.type as string)));
  return {
    types: filters.types.size ? ([...types].filter((type) => !filters.types.has(type)) as T[]) : null,
    minGrade: filters.weakest === "E" ? null : { source: 3, intelligence: filters.weakest },
    until: filters.until === null ? null : lastDay(filters.until),
  };
}
