// The drawing: sigma draws things and their names, one batch of lines all that joins them. It is told what to draw and tells
// what was pressed, moved or pointed at.

import Graph from "graphology";
import Sigma from "sigma";
import { NodePointProgram } from "sigma/rendering";
import { group } from "../part/icon";
import { dress, rgb } from "./dress";
import { arrange, asked, leave } from "./layout";
import { NONE, type Network, type Shown, type Tie } from "./model";
import { HUES } from "./picture";
import type { Places } from "./state";
import { Ties } from "./ties";

export interface Told {
  select: (id: string | null) => void;
  expand: (id: string) => void;
  pin: (id: string) => void;
  /** Whether things are on their way to where they will stand. */
  moves: (moving: boolean) => void;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
// Longer labels hide one another; the list beside the drawing has them whole.
const LONGEST = 34;
const FAR = 1.2;
// More lines than these are not drawn while the view moves: a machine without a graphics processor would stutter.
const MANY_TIES = 4_000;
const REST_MS = 140;
// So many things have room at their full size; of more, each is smaller, and grows as one comes nearer.
const ROOMY = 400;
const NAMED_FROM = 5.5;

/** Whoever is made ill by movement has said so. */
const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Drawing {
  private graph = new Graph({ type: "undirected" });
  private readonly sigma: Sigma;
  private readonly lines: Ties;
  private dress = dress();
  private network: Network = NONE;
  private shown: Shown | null = null;
  private selected: string | null = null;
  private near: ReadonlySet<string> = new Set();
  private starts: ReadonlySet<string> = new Set();
  private players: ReadonlySet<string> = new Set();
  private many: ReadonlySet<string> = new Set();
  private at = new Map<string, { x: number; y: number }>();
  private given: Places = new Map();
  /** What is not at rest yet. */
  private loose: ReadonlySet<string> = new Set();
  private held: string | null = null;
  private moved = false;
  private rest = 0;
  private frame = 0;

  /** Throws where the browser cannot draw. */
  constructor(readonly element: HTMLElement, private told: Told) {
    this.sigma = new Sigma(this.graph, element, {
      allowInvalidContainer: true,
      labelFont: FONT,
      labelSize: 12,
      labelWeight: "500",
      labelColor: { color: this.dress.text },
      labelRenderedSizeThreshold: NAMED_FROM,
      labelDensity: 0.9,
      zIndex: true,
      // A point each, and no instances: see ties.ts.
      nodeProgramClasses: { circle: NodePointProgram },
      minCameraRatio: 0.04,
      maxCameraRatio: 6,
      nodeReducer: (id, { x, y }) => ({ x, y, ...this.node(id) }),
      defaultDrawNodeHover: (context, node, settings) => this.hover(context, node, settings.labelSize),
    });
    this.lines = new Ties(this.sigma.getCanvases()["edges"]!);
    // Room for the labels at the edges.
    this.sigma.getCamera().setState({ ratio: FAR });
    this.sigma.getCamera().on("updated", () => this.moving());
    this.sigma.on("afterRender", () => this.join());
    this.sigma.on("clickNode", ({ node }) => !this.moved && this.told.select(node));
    this.sigma.on("clickStage", () => this.told.select(null));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); this.told.expand(node); });
    this.sigma.on("downNode", ({ node }) => { this.held = node; this.moved = false; });
    this.sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!this.held) return;
      this.moved = true;
      // The view stands still while something in it is moved.
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox());
      const { x, y } = this.sigma.viewportToGraph(event);
      this.at.set(this.held, { x, y });
      this.graph.mergeNodeAttributes(this.held, { x, y });
      this.batch();
      preventSigmaDefault();
    });
    const release = (): void => {
      if (this.held && this.moved) this.told.pin(this.held);
      this.held = null;
    };
    this.sigma.on("upNode", release);
    this.sigma.on("upStage", release);
  }

  /** Draw this; `anew` places all that is not pinned once more. `given`: where things are to stand, once for each such map. */
  draw(network: Network, shown: Shown, given: Places, anew = false): void {
    const before = this.graph.order;
    const same = this.network.nodes === network.nodes;
    [this.network, this.shown] = [network, shown];
    this.starts = new Set(network.starts);
    this.players = new Set(network.players.map((each) => each.id));
    this.place(given, anew, before);
    if (!same || this.graph.order < network.nodes.size) this.paint(before);
    else {
      this.sigma.refresh({ skipIndexation: false });
      this.batch();
    }
  }

  /** Find a place for what has none; what has one keeps it, unless all is to be arranged anew. */
  private place(given: Places, anew: boolean, before: number): void {
    const { network } = this;
    if (given !== this.given) for (const [id, at] of given) this.at.set(id, at);
    this.given = given;
    for (const id of this.at.keys()) if (!network.nodes.has(id)) this.at.delete(id);
    const all = asked(network, this.at, this.loose, anew);
    if (all.free.size === 0) return;
    this.loose = all.free;
    // The frame stays with what is drawn, so that nothing moves on the screen because something came.
    this.sigma.setCustomBBox(anew || before === 0 ? null : this.sigma.getBBox());
    this.told.moves(true);
    arrange(all, (x, y, done) => {
      if (done) this.loose = new Set();
      // Nothing is seen to move by whoever is made ill by it: only where it begins and where it stays.
      if (!done && still() && this.graph.order === network.nodes.size) return;
      all.ids.forEach((id, n) => (all.free.has(id) && id !== this.held) && this.at.set(id, { x: x[n]!, y: y[n]! }));
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => {
        this.paint(before);
        if (done) this.told.moves(false);
      });
    });
  }

  /** All things where they stand now; nothing as long as some have no place. */
  private paint(before: number): void {
    const { network, at } = this;
    if (at.size < network.nodes.size) return;
    const graph = new Graph({ type: "undirected" });
    for (const id of network.nodes.keys()) graph.addNode(id, { ...at.get(id)! });
    const came = graph.order > before && this.graph.order <= before;
    this.graph = graph;
    this.sigma.setSetting("labelRenderedSizeThreshold", NAMED_FROM * this.shrunk());
    this.sigma.setGraph(graph);
    this.batch();
    // Only the frame of what stood there already is known: what has come may stand outside it.
    if (this.sigma.getCustomBBox() && came) this.fit();
  }

  /** How much smaller than usual things are, because there are many. */
  private shrunk(): number {
    return Math.min(1, Math.sqrt(ROOMY / Math.max(this.shown?.nodes.size ?? 1, 1)));
  }

  /** Step back until all that is shown is seen, unless somebody looks closely at a part. */
  private fit(): void {
    const camera = this.sigma.getCamera();
    if (camera.ratio < 0.8) return;
    const places = this.graph.filterNodes((id) => this.shown?.nodes.has(id)).map((id) => this.sigma.getNodeDisplayData(id)!);
    const [left, right] = [Math.min(...places.map((at) => at.x)), Math.max(...places.map((at) => at.x))];
    const [low, high] = [Math.min(...places.map((at) => at.y)), Math.max(...places.map((at) => at.y))];
    const ratio = Math.min(Math.max(right - left, high - low, 1) * FAR, 6);
    void camera.animate({ x: (left + right) / 2, y: (low + high) / 2, ratio }, { duration: still() ? 0 : 400 });
  }

  /** The batch of lines: what is apart from the chosen one below, the path above. */
  private batch(): void {
    const { network, shown, lines, dress, selected } = this;
    if (!shown) return;
    const [dim, line, weak, strong] = [rgb(dress.dim), rgb(dress.line), rgb(dress.weak), rgb(dress.strong)];
    const faint = shown.ties.size > MANY_TIES ? 0.55 : 1;
    const thin = this.shrunk();
    const layers: [Tie[], Tie[], Tie[]] = [[], [], []];
    for (const key of shown.ties.keys()) {
      const tie = network.ties.get(key)!;
      layers[network.path.has(key) ? 2 : selected !== null && tie.a !== selected && tie.b !== selected ? 0 : 1].push(tie);
    }
    lines.begin(shown.ties.size);
    layers.forEach((ties, layer) => {
      for (const tie of ties) {
        const [a, b] = [this.at.get(tie.a), this.at.get(tie.b)];
        if (!a || !b) continue;
        if (layer === 2) lines.line(a, b, 4, strong, 1);
        else lines.line(a, b, (1 + Math.min(Math.log2(tie.links.length), 3) * 0.7) * thin, layer === 0 ? dim : tie.links.every((link) => link.grade && link.grade.intelligence >= "D") ? weak : line, faint);
      }
    });
    lines.end();
    this.sigma.scheduleRender();
  }

  /** Draw the lines below what was drawn, as the camera sees it; not while much moves. */
  private join(): void {
    if (!this.graph.order || (this.rest !== 0 && (this.shown?.ties.size ?? 0) > MANY_TIES)) return;
    const { x, y } = this.sigma.getCustomBBox() ?? this.sigma.getBBox();
    const by = 1 / (Math.max(x[1] - x[0], y[1] - y[0]) || 1);
    const [dx, dy] = [0.5 - ((x[0] + x[1]) / 2) * by, 0.5 - ((y[0] + y[1]) / 2) * by];
    const { matrix: m, width, height } = this.sigma.getRenderParams();
    const place = new Float32Array([m[0]! * by, m[1]! * by, 0, m[3]! * by, m[4]! * by, 0, m[0]! * dx + m[3]! * dy + m[6]!, m[1]! * dx + m[4]! * dy + m[7]!, 1]);
    this.lines.draw(place, width, height, 1 / Math.sqrt(this.sigma.getCamera().ratio));
  }

  /** The view moves; when it has come to rest all is drawn again. */
  private moving(): void {
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => { this.rest = 0; this.sigma.scheduleRender(); }, REST_MS);
  }

  /** Where everything stands. */
  places(): Places {
    return new Map(this.at);
  }

  /** These are chosen together. */
  choose(ids: ReadonlySet<string>): void {
    this.many = ids;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** What is shown inside of a line that was drawn around it, in pixels of the drawing. */
  within(line: readonly (readonly [number, number])[]): string[] {
    return [...(this.shown?.nodes ?? [])].filter((id) => {
      const { x, y } = this.sigma.graphToViewport(this.at.get(id) ?? { x: NaN, y: NaN });
      let inside = false;
      line.forEach(([ax, ay], at) => {
        const [bx, by] = line[(at + 1) % line.length]!;
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      });
      return inside;
    });
  }

  select(id: string | null): void {
    this.selected = id !== null && this.network.nodes.has(id) ? id : null;
    this.near = new Set([...(this.shown?.ties.keys() ?? [])].map((key) => this.network.ties.get(key)!).flatMap(({ a, b }) => (a === this.selected ? [b] : b === this.selected ? [a] : [])));
    this.sigma.refresh({ skipIndexation: true });
    this.batch();
  }

  /** Bring a thing to the middle. */
  show(id: string): void {
    const at = this.sigma.getNodeDisplayData(id);
    if (!at) return;
    const camera = this.sigma.getCamera();
    void camera.animate({ x: at.x, y: at.y, ratio: Math.min(camera.ratio, 0.6) }, { duration: still() ? 0 : 250 });
  }

  zoom(by: number): void {
    const camera = this.sigma.getCamera();
    camera.setState({ ratio: Math.min(Math.max(camera.ratio * by, 0.04), 6) });
  }

  whole(): void {
    this.sigma.setCustomBBox(null);
    this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: FAR, angle: 0 });
    this.sigma.refresh();
  }

  /** The colours have changed. */
  redress(): void {
    this.dress = dress();
    this.sigma.setSetting("labelColor", { color: this.dress.text });
    this.sigma.refresh({ skipIndexation: true });
    this.batch();
  }

  /** The drawing as a picture, with what has to be said of it above and below. */
  async picture(marking: string, words: string): Promise<Blob> {
    this.sigma.refresh({ schedule: false });
    const layers = Object.values(this.sigma.getCanvases()).filter((canvas) => canvas.width > 0);
    const { width, height } = layers[0]!;
    const scale = width / this.sigma.getDimensions().width;
    const bar = 30 * scale;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height + 2 * bar];
    const context = canvas.getContext("2d")!;
    context.fillStyle = this.dress.page;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const layer of layers) context.drawImage(layer, 0, bar);
    context.fillStyle = this.dress.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = `700 ${13 * scale}px ${FONT}`;
    for (const y of [bar / 2, canvas.height - bar / 2]) context.fillText(marking, width / 2, y);
    context.font = `${11 * scale}px ${FONT}`;
    context.textAlign = "left";
    context.fillText(words, 10 * scale, canvas.height - bar / 2);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
  }

  /** Tell this one from now on. */
  tell(told: Told): void {
    this.told = told;
  }

  /** Draw nothing, as if nothing had been drawn yet. */
  clear(): void {
    leave();
    clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    [this.network, this.shown, this.selected, this.held, this.rest] = [NONE, null, null, null, 0];
    [this.near, this.many, this.loose, this.at, this.given] = [new Set(), new Set(), new Set(), new Map(), new Map()];
    this.graph = new Graph({ type: "undirected" });
    this.sigma.setCustomBBox(null);
    this.sigma.setGraph(this.graph);
    this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: FAR, angle: 0 });
  }

  /** Whether the browser took away what it draws with. */
  lost(): boolean {
    return this.lines.lost();
  }

  /** How a thing looks: what is not shown is hidden. */
  private node(id: string): Record<string, unknown> {
    const node = this.network.nodes.get(id);
    if (!node || !this.shown?.nodes.has(id)) return { hidden: true };
    const of = this.network.groups.get(id);
    const colour = this.many.has(id) ? this.dress.strong : of !== undefined ? this.dress.hues[Math.min(of, HUES.length - 1)] : this.network.groups.size ? this.dress.line : this.dress.kinds[group(node.kind)];
    const [player, start] = [this.players.has(id), this.starts.has(id)];
    const apart = this.selected !== null && id !== this.selected && !this.near.has(id);
    const first = id === this.selected || start;
    const size = Math.min(4 + 2.2 * Math.log2(1 + (this.shown.degrees.get(id) ?? 0)), 16) * this.shrunk() + (start ? 3 : 0);
    const short = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
    return {
      color: apart ? this.dress.dim : colour,
      label: apart ? null : this.network.notes.has(id) ? `${short} ✎` : short,
      size: size * (player ? 1.35 : 1),
      highlighted: id === this.selected || this.many.has(id),
      forceLabel: first || player || this.network.pinned.has(id),
      zIndex: first ? 2 : apart ? 0 : 1,
    };
  }

  private hover(context: CanvasRenderingContext2D, node: { x: number; y: number; size: number; label?: string | null }, size: number): void {
    const text = node.label ?? "";
    context.font = `600 ${size}px ${FONT}`;
    const width = context.measureText(text).width;
    context.fillStyle = this.dress.page;
    context.strokeStyle = this.dress.strong;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(node.x + node.size + 2, node.y - size * 0.85, width + 12, size * 1.7, 5);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
    context.stroke();
    context.fillStyle = this.dress.text;
    context.textBaseline = "middle";
    context.fillText(text, node.x + node.size + 8, node.y + 1);
    context.textBaseline = "alphabetic";
  }
}
