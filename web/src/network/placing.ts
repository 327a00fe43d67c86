// Where things stand: what is tied draws together, everything else pushes apart. Pure, over typed arrays: a worker runs it
// where there is much, the page itself where there is little.
// Source: Jacomy et al., ForceAtlas2, PLoS ONE 9(6), 2014: attraction distributed over a hub's ties, gravity, adaptive speed.

import { spread } from "./pivot";
import { Quadtree } from "./quadtree";

export interface Space {
  count: number;
  x: Float64Array;
  y: Float64Array;
  /** 1: keeps its place. */
  fixed: Uint8Array;
  /** The two ends of each tie, one after the other. */
  ties: Uint32Array;
}

const PUSH = 14;
const GRAVITY = 0.6;
const JITTER = 1;
// Few things are held against each other one by one: quicker than a tree of them, and exact.
const FEW = 150;

/** So many times that what there is comes to rest: by how many there are, so that the same network ends the same. */
export function turns(count: number): number {
  return count < 300 ? 150 : count < 1_500 ? 120 : count < 4_000 ? 100 : 80;
}

/** How far `settle` has come. */
export class Placing {
  private readonly masses: Float64Array;
  private readonly fx: Float64Array;
  private readonly fy: Float64Array;
  private readonly ox: Float64Array;
  private readonly oy: Float64Array;
  private readonly tree: Quadtree;
  private readonly mean: number;
  private speed = 1;
  private efficiency = 1;

  /** `anew`: nothing has a place yet. */
  constructor(private readonly space: Space, anew: boolean) {
    const { count, ties } = space;
    this.masses = new Float64Array(count).fill(1);
    for (const end of ties) this.masses[end]! += 1;
    this.mean = this.masses.reduce((total, mass) => total + mass, 0) / Math.max(count, 1);
    [this.fx, this.fy, this.ox, this.oy] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    this.tree = new Quadtree(count);
    if (anew) {
      spread(space);
      this.scale();
    }
  }

  /** As large as it will be at rest: where pushing and pulling, each times its distance, are equal. */
  private scale(): void {
    const { count, x, y, ties } = this.space;
    let [pull, all, squares] = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      const mass = this.masses[n]!;
      all += mass;
      squares += mass * mass;
      pull += GRAVITY * mass * (x[n]! ** 2 + y[n]! ** 2);
    }
    for (let tie = 0; tie < ties.length; tie += 2) {
      const [a, b] = [ties[tie]!, ties[tie + 1]!];
      pull += (this.mean / this.masses[a]!) * ((x[a]! - x[b]!) ** 2 + (y[a]! - y[b]!) ** 2);
    }
    const by = Math.sqrt((PUSH * (all * all - squares)) / 2 / Math.max(pull, 1e-9));
    for (let n = 0; n < count; n++) {
      x[n]! *= by;
      y[n]! *= by;
    }
  }

  /** One step of all. */
  step(): void {
    [this.ox.set(this.fx), this.oy.set(this.fy)];
    this.push();
    this.pull();
    this.move();
  }

  private push(): void {
    const { count, x, y } = this.space;
    const { masses, fx, fy, tree } = this;
    if (count <= FEW) {
      fx.fill(0);
      fy.fill(0);
      for (let a = 1; a < count; a++) {
        for (let b = 0; b < a; b++) {
          const [dx, dy] = [x[a]! - x[b]!, y[a]! - y[b]!];
          const far = dx * dx + dy * dy;
          if (far === 0) continue;
          const force = (PUSH * masses[a]! * masses[b]!) / far;
          fx[a]! += dx * force;
          fy[a]! += dy * force;
          fx[b]! -= dx * force;
          fy[b]! -= dy * force;
        }
      }
      return;
    }
    tree.fill(x, y, masses);
    for (let n = 0; n < count; n++) {
      if (this.space.fixed[n]) continue;
      tree.push(n, x, y, masses);
      fx[n] = tree.px * PUSH * masses[n]!;
      fy[n] = tree.py * PUSH * masses[n]!;
    }
  }

  private pull(): void {
    const { count, x, y, ties } = this.space;
    const { masses, fx, fy } = this;
    for (let n = 0; n < count; n++) {
      fx[n]! -= x[n]! * GRAVITY * masses[n]!;
      fy[n]! -= y[n]! * GRAVITY * masses[n]!;
    }
    for (let tie = 0; tie < ties.length; tie += 2) {
      const [a, b] = [ties[tie]!, ties[tie + 1]!];
      const force = this.mean / masses[a]!;
      const [dx, dy] = [(x[a]! - x[b]!) * force, (y[a]! - y[b]!) * force];
      fx[a]! -= dx;
      fy[a]! -= dy;
      fx[b]! += dx;
      fy[b]! += dy;
    }
  }

  private move(): void {
    const { count, x, y, fixed } = this.space;
    const { masses, fx, fy, ox, oy } = this;
    let [swing, traction, free] = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      if (fixed[n]) continue;
      free += 1;
      swing += masses[n]! * Math.hypot(ox[n]! - fx[n]!, oy[n]! - fy[n]!);
      traction += (masses[n]! / 2) * Math.hypot(ox[n]! + fx[n]!, oy[n]! + fy[n]!);
    }
    this.adapt(swing, traction, free);
    const { speed } = this;
    for (let n = 0; n < count; n++) {
      if (fixed[n]) continue;
      const swinging = masses[n]! * Math.hypot(ox[n]! - fx[n]!, oy[n]! - fy[n]!);
      const by = speed / (1 + Math.sqrt(speed * swinging));
      x[n]! += fx[n]! * by;
      y[n]! += fy[n]! * by;
    }
  }

  /** Faster while all goes one way, slower where it swings. */
  private adapt(swing: number, traction: number, free: number): void {
    if (swing === 0 || traction === 0) return;
    const usual = 0.05 * Math.sqrt(free);
    let jitter = JITTER * Math.max(Math.sqrt(usual), Math.min(10, (usual * traction) / free ** 2));
    if (swing / traction > 2) {
      if (this.efficiency > 0.05) this.efficiency *= 0.5;
      jitter = Math.max(jitter, JITTER);
    }
    const wanted = (jitter * this.efficiency * traction) / swing;
    if (swing > jitter * traction) {
      if (this.efficiency > 0.05) this.efficiency *= 0.7;
    } else if (this.speed < 1_000) this.efficiency *= 1.3;
    this.speed += Math.min(wanted - this.speed, 0.5 * this.speed);
  }
}

// A machine that is too slow for all turns stops here: what it has by then is near to rest.
const LONGEST_MS = 8_000;

/** Bring a space to rest in slices of so many milliseconds. `tell` hears of where things begin, and of each slice; by false it ends. */
export async function settle(space: Space, anew: boolean, slice: number, tell: (done: boolean) => boolean): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  const placing = new Placing(space, anew);
  let left = turns(space.count);
  let going = !anew || tell(false);
  while (going) {
    const stop = Math.min(performance.now() + slice, until);
    do {
      placing.step();
      left -= 1;
    } while (left > 0 && performance.now() < stop);
    const done = left === 0 || performance.now() >= until;
    going = tell(done) && !done;
    // Whatever else waits, a new question above all, has its turn.
    await new Promise((go) => setTimeout(go));
  }
}
