// Where things begin: by how many steps each is from some few, spread over the plane. Linear in things and ties.
// Source: Brandes and Pich, Eigensolver methods for progressive multidimensional scaling of large data (2006).

import type { Space } from "./placing";

const PIVOTS = 40;
const TURNS = 60;
// The golden angle: parts that nothing joins stand around the greatest one, each with room.
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** A number between 0 and 1 that belongs to a place in the order. */
export function chance(n: number, salt: number): number {
  let hash = Math.imul(n + 1, 2654435761) ^ Math.imul(salt, 40503);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** Who is joined to whom: those of `n` stand in `to` from `from[n]` to `from[n + 1]`. */
export interface Joined {
  from: Uint32Array;
  to: Uint32Array;
}

export function joined({ count, ties }: Pick<Space, "count" | "ties">): Joined {
  const from = new Uint32Array(count + 1);
  for (const end of ties) from[end + 1]! += 1;
  for (let n = 0; n < count; n++) from[n + 1]! += from[n]!;
  const to = new Uint32Array(ties.length);
  const at = from.slice(0, count);
  for (let tie = 0; tie < ties.length; tie += 2) {
    const [a, b] = [ties[tie]!, ties[tie + 1]!];
    to[at[a]!++] = b;
    to[at[b]!++] = a;
  }
  return { from, to };
}

const FAR = 0xffffffff;

/** How many steps all are from one, in `steps`; whoever is reached, nearest first. */
function walk(start: number, { from, to }: Joined, steps: Uint32Array, queue: Uint32Array): Uint32Array {
  steps[start] = 0;
  queue[0] = start;
  let end = 1;
  for (let at = 0; at < end; at++) {
    const n = queue[at]!;
    for (let tie = from[n]!; tie < from[n + 1]!; tie++) {
      const other = to[tie]!;
      if (steps[other] !== FAR) continue;
      steps[other] = steps[n]! + 1;
      queue[end++] = other;
    }
  }
  return queue.subarray(0, end);
}

/** Parts that hang together, the greatest first. */
function parts(count: number, by: Joined): Uint32Array[] {
  const steps = new Uint32Array(count).fill(FAR);
  const queue = new Uint32Array(count);
  const found: Uint32Array[] = [];
  for (let n = 0; n < count; n++) if (steps[n] === FAR) found.push(walk(n, by, steps, queue).slice());
  return found.sort((a, b) => b.length - a.length);
}

/** Set `x` and `y` of all. */
export function spread(space: Space): void {
  const { count, x, y } = space;
  const by = joined(space);
  let gone = 0;
  parts(count, by).forEach((part, at) => {
    const room = Math.sqrt(part.length);
    const angle = at * GOLDEN;
    const away = at === 0 ? 0 : Math.sqrt(gone) + room;
    one(part, by, space);
    for (const n of part) {
      x[n] = x[n]! * room + away * Math.cos(angle);
      y[n] = y[n]! * room + away * Math.sin(angle);
    }
    gone += part.length * 1.5;
  });
}

/** Place one part, about as far from its middle as 1. */
function one(part: Uint32Array, by: Joined, { count, x, y }: Space): void {
  const size = part.length;
  const pivots = Math.min(PIVOTS, size);
  const steps = new Uint32Array(count);
  const queue = new Uint32Array(count);
  const nearest = new Uint32Array(count).fill(FAR);
  const columns: Float64Array[] = [];
  let pivot = part[0]!;
  for (let k = 0; k < pivots; k++) {
    steps.fill(FAR);
    walk(pivot, by, steps, queue);
    const column = Float64Array.from(part, (n) => steps[n]! ** 2);
    columns.push(column);
    // The next is whoever is farthest from all so far.
    let farthest = -1;
    for (const n of part) {
      if (steps[n]! < nearest[n]!) nearest[n] = steps[n]!;
      if (farthest < 0 || nearest[n]! > nearest[farthest]!) farthest = n;
    }
    if (nearest[farthest] === 0) break;
    pivot = farthest;
  }
  centre(columns, size);
  const axes = principal(columns);
  let most = 1e-9;
  part.forEach((n, at) => {
    x[n] = sum(columns, axes[0], at);
    y[n] = sum(columns, axes[1], at);
    most = Math.max(most, Math.hypot(x[n]!, y[n]!));
  });
  // Leaves of one thing are equally far from all: they begin apart by chance, which is the same each time.
  for (const n of part) {
    x[n] = x[n]! / most + 0.1 * (chance(n, 1) - 0.5);
    y[n] = y[n]! / most + 0.1 * (chance(n, 2) - 0.5);
  }
}

/** Take the mean of each row and each column away. */
function centre(columns: Float64Array[], size: number): void {
  const rows = new Float64Array(size);
  for (const column of columns) for (let at = 0; at < size; at++) rows[at]! += column[at]! / columns.length;
  const all = rows.reduce((total, row) => total + row, 0) / size;
  for (const column of columns) {
    const mean = column.reduce((total, value) => total + value, 0) / size;
    for (let at = 0; at < size; at++) column[at] = -(column[at]! - mean - rows[at]! + all) / 2;
  }
}

const sum = (columns: Float64Array[], axis: Float64Array, at: number): number => columns.reduce((total, column, k) => total + column[at]! * axis[k]!, 0);

/** The two directions along which the columns differ most, by power iteration. */
function principal(columns: Float64Array[]): [Float64Array, Float64Array] {
  const k = columns.length;
  const square = columns.map((a) => Float64Array.from(columns, (b) => a.reduce((total, value, at) => total + value * b[at]!, 0)));
  const found: Float64Array[] = [];
  for (let axis = 0; axis < 2; axis++) {
    let vector = Float64Array.from({ length: k }, (_, at) => chance(at, axis + 3) - 0.5);
    for (let turn = 0; turn < TURNS; turn++) {
      const next = Float64Array.from(square, (row) => row.reduce((total, value, at) => total + value * vector[at]!, 0));
      for (const other of found) {
        const along = next.reduce((total, value, at) => total + value * other[at]!, 0);
        next.forEach((value, at) => (next[at] = value - along * other[at]!));
      }
      const length = Math.hypot(...next) || 1;
      vector = next.map((value) => value / length);
    }
    found.push(vector);
  }
  return [found[0]!, found[1]!];
}
