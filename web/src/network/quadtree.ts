// Many things pushing one as if they were one, where they are far: a quadtree over typed arrays, made once and filled anew.
// Source: Barnes and Hut, A hierarchical O(N log N) force-calculation algorithm, Nature 324 (1986).

/** How wide a square may seem, beside how far it is, to count as one. Source: Gephi's ForceAtlas2. */
const SEEN = 1.2;
// Things that lie on one another would be told apart for ever: from this depth on they share a square.
const DEEPEST = 24;
const NONE = -1;

export class Quadtree {
  private cells = 0;
  private child: Int32Array;
  private first: Int32Array;
  private next: Int32Array;
  private mass: Float64Array;
  private x: Float64Array;
  private y: Float64Array;
  private width: Float64Array;
  private readonly stack = new Int32Array(4 * DEEPEST + 8);
  /** The push that `push` found. */
  px = 0;
  py = 0;

  constructor(private readonly count: number) {
    const room = 2 * count + 16;
    this.child = new Int32Array(4 * room);
    this.first = new Int32Array(room);
    this.next = new Int32Array(count);
    this.mass = new Float64Array(room);
    this.x = new Float64Array(room);
    this.y = new Float64Array(room);
    this.width = new Float64Array(room);
  }

  /** Take in where everything is now. */
  fill(xs: Float64Array, ys: Float64Array, masses: Float64Array): void {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let n = 0; n < this.count; n++) {
      const [x, y] = [xs[n]!, ys[n]!];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < low) low = y;
      if (y > high) high = y;
    }
    this.cells = 0;
    const width = Math.max(right - left, high - low, 1e-6) * 1.001;
    this.cell(width);
    for (let n = 0; n < this.count; n++) this.insert(n, xs, ys, (left + right) / 2, (low + high) / 2, width);
    this.weigh(xs, ys, masses);
  }

  private cell(width: number): number {
    const at = this.cells++;
    if (at >= this.first.length) this.grow();
    this.child.fill(NONE, 4 * at, 4 * at + 4);
    this.first[at] = NONE;
    this.width[at] = width;
    return at;
  }

  private grow(): void {
    const room = this.first.length * 2;
    const more = <T extends Int32Array | Float64Array>(from: T, to: T): T => { to.set(from); return to; };
    this.child = more(this.child, new Int32Array(4 * room));
    this.first = more(this.first, new Int32Array(room));
    this.mass = more(this.mass, new Float64Array(room));
    this.x = more(this.x, new Float64Array(room));
    this.y = more(this.y, new Float64Array(room));
    this.width = more(this.width, new Float64Array(room));
  }

  /** A square has things of its own (a chain from `first`) or squares in it: then `first` is below NONE. */
  private insert(n: number, xs: Float64Array, ys: Float64Array, cx: number, cy: number, width: number): void {
    const [x, y] = [xs[n]!, ys[n]!];
    let at = 0;
    for (let depth = 0; ; depth++) {
      const here = this.first[at]!;
      if (here === NONE || (here > NONE && depth >= DEEPEST)) {
        this.next[n] = here;
        this.first[at] = n;
        return;
      }
      width /= 2;
      if (here > NONE) {
        const quarter = (xs[here]! < cx ? 0 : 1) + (ys[here]! < cy ? 0 : 2);
        const made = this.cell(width);
        this.first[made] = here;
        this.next[here] = NONE;
        this.child[4 * at + quarter] = made;
        this.first[at] = NONE - 1;
      }
      const quarter = (x < cx ? 0 : 1) + (y < cy ? 0 : 2);
      let into = this.child[4 * at + quarter]!;
      if (into === NONE) {
        into = this.cell(width);
        this.child[4 * at + quarter] = into;
      }
      cx += x < cx ? -width / 2 : width / 2;
      cy += y < cy ? -width / 2 : width / 2;
      at = into;
    }
  }

  /** What each square weighs, and where its middle is: what is in it was made after it. */
  private weigh(xs: Float64Array, ys: Float64Array, masses: Float64Array): void {
    for (let at = this.cells - 1; at >= 0; at--) {
      let [mass, x, y] = [0, 0, 0];
      for (let n = this.first[at]!; n >= 0; n = this.next[n]!) {
        mass += masses[n]!;
        x += masses[n]! * xs[n]!;
        y += masses[n]! * ys[n]!;
      }
      for (let quarter = 4 * at; quarter < 4 * at + 4; quarter++) {
        const of = this.child[quarter]!;
        if (of === NONE) continue;
        mass += this.mass[of]!;
        x += this.mass[of]! * this.x[of]!;
        y += this.mass[of]! * this.y[of]!;
      }
      this.mass[at] = mass;
      this.x[at] = x / mass;
      this.y[at] = y / mass;
    }
  }

  /** How all others push what is at this place, by mass over distance, in `px` and `py`. */
  push(n: number, xs: Float64Array, ys: Float64Array, masses: Float64Array): void {
    const [x, y] = [xs[n]!, ys[n]!];
    const { stack, child, first, next, width } = this;
    let [px, py, top] = [0, 0, 1];
    stack[0] = 0;
    while (top > 0) {
      const at = stack[--top]!;
      const [dx, dy] = [x - this.x[at]!, y - this.y[at]!];
      const far = dx * dx + dy * dy;
      if (first[at]! < NONE) {
        if (width[at]! * width[at]! < SEEN * SEEN * far) {
          const force = this.mass[at]! / far;
          px += dx * force;
          py += dy * force;
        } else {
          for (let quarter = 4 * at; quarter < 4 * at + 4; quarter++) if (child[quarter]! !== NONE) stack[top++] = child[quarter]!;
        }
        continue;
      }
      for (let other = first[at]!; other >= 0; other = next[other]!) {
        const [ox, oy] = [x - xs[other]!, y - ys[other]!];
        const apart = ox * ox + oy * oy;
        if (apart === 0) continue;
        const force = masses[other]! / apart;
        px += ox * force;
        py += oy * force;
      }
    }
    this.px = px;
    this.py = py;
  }
}
