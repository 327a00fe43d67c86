// Where things stand. What stands already keeps its place; the same network asked the same way looks the same.

import { trusted } from "../trusted";
import type { Network } from "./model";
import { chance } from "./pivot";
import { Placing, settle, turns, type Space } from "./placing";
import type { Placed, Question } from "./placer";
import address from "./placer?worker&url";
import type { Places } from "./state";

// So few things and ties are placed at once by the page itself: asking a worker takes longer.
const LITTLE = 220;
// What the page itself does at a time where no worker can be had.
const SLICE_MS = 12;
const START = 30;

let worker: Worker | null | undefined;
let turn = 0;

/** The worker that places, started when it is first asked for; null where the browser starts none. */
export function ready(): Worker | null {
  if (worker !== undefined) return worker;
  try {
    worker = new Worker(trusted(address), { type: "module" });
    worker.addEventListener("error", () => (worker = null));
  } catch {
    worker = null;
  }
  return worker;
}

export interface Asked {
  ids: readonly string[];
  space: Space;
  /** All begins anew: nothing is where it was. */
  anew: boolean;
  /** What has no place yet, or not its last one; empty: there is nothing to be placed. */
  free: ReadonlySet<string>;
}

/** What is to be placed of a network; `places` has what stands, `loose` what was not at rest, `again` moves all that is not pinned. */
export function asked(network: Network, places: Places, loose: ReadonlySet<string>, again: boolean): Asked {
  const ids = [...network.nodes.keys()];
  const at = new Map(ids.map((id, n) => [id, n]));
  const known = ids.some((id) => places.has(id));
  const all = again || !known;
  const free = new Set(ids.filter((id) => !network.pinned.has(id) && (all || loose.has(id) || !places.has(id))));
  const space: Space = {
    count: ids.length,
    x: Float64Array.from(ids, (id) => places.get(id)?.x ?? NaN),
    y: Float64Array.from(ids, (id) => places.get(id)?.y ?? NaN),
    fixed: Uint8Array.from(ids, (id) => (free.has(id) ? 0 : 1)),
    ties: Uint32Array.from([...network.ties.values()].flatMap((tie) => [at.get(tie.a)!, at.get(tie.b)!])),
  };
  const anew = all && !ids.some((id) => network.pinned.has(id) && places.has(id));
  if (!anew) beside(space);
  return { ids, space, anew, free };
}

/** Give each thing without a place one beside a neighbour that has one. */
function beside({ count, x, y, ties }: Space): void {
  const near = new Map<number, number>();
  for (let tie = 0; tie < ties.length; tie += 2) {
    const [a, b] = [ties[tie]!, ties[tie + 1]!];
    if (Number.isNaN(x[a]!) && !Number.isNaN(x[b]!) && !near.has(a)) near.set(a, b);
    if (Number.isNaN(x[b]!) && !Number.isNaN(x[a]!) && !near.has(b)) near.set(b, a);
  }
  for (let n = 0; n < count; n++) {
    if (!Number.isNaN(x[n]!)) continue;
    const of = near.get(n);
    const [angle, far] = [2 * Math.PI * chance(n, 1), START * (0.6 + chance(n, 2))];
    x[n] = (of === undefined ? 0 : x[of]!) + far * Math.cos(angle);
    y[n] = (of === undefined ? 0 : y[of]!) + far * Math.sin(angle);
  }
}

/** Place it: `tell` hears where things are as it goes, and at last where they stay. What was asked before is left. */
export function arrange({ space, anew }: Asked, tell: (x: Float64Array, y: Float64Array, done: boolean) => void): void {
  const mine = ++turn;
  if (space.count + space.ties.length / 2 <= LITTLE) {
    const placing = new Placing(space, anew);
    for (let left = turns(space.count); left > 0; left--) placing.step();
    tell(space.x, space.y, true);
    return;
  }
  const here = (): Promise<void> => settle(space, anew, SLICE_MS, (done) => {
    if (mine === turn) tell(space.x, space.y, done);
    return mine === turn;
  });
  const helper = ready();
  if (!helper) return void here();
  helper.onerror = () => void here();
  helper.onmessage = ({ data }: MessageEvent<Placed>) => data.turn === turn && tell(data.x, data.y, data.done);
  helper.postMessage({ turn: mine, space, anew } satisfies Question);
}

/** Leave what is being placed. */
export function leave(): void {
  turn += 1;
}
