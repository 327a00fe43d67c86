// The drawing: sigma over what is shown. It is told what to draw and tells what was pressed, moved or pointed at.

import Graph from "graphology";
import Sigma from "sigma";
import { group } from "../part/icon";
import { arrange } from "./layout";
import type { Network, Shown } from "./model";
import { HUES } from "./picture";
import type { Places } from "./state";

export interface Told {
  select: (id: string | null) => void;
  expand: (id: string) => void;
  pin: (id: string) => void;
}

interface Dress {
  text: string;
  page: string;
  line: string;
  strong: string;
  focus: string;
  weak: string;
  dim: string;
  kinds: Record<string, string>;
  hues: string[];
}

const GROUPS = ["person", "organisation", "vehicle", "phone", "place", "object", "marker", "event", "intel_report", "officer"];

/** The colours of the page, which a canvas does not inherit. */
function dress(): Dress {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("ink"), page: of("card"), line: of("tie"), strong: of("link"), focus: of("focus"), weak: of("flag"), dim: of("line"),
    kinds: Object.fromEntries(GROUPS.map((name) => [name, of(name)])),
    hues: Array.from(HUES, (_, at) => of(`hue-${at}`)),
  };
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
// Longer labels hide one another; the list beside the drawing has them whole.
const LONGEST = 34;
const FAR = 1.2;
// More lines than these are not drawn while the view moves: a machine without a graphics processor would stutter.
const MANY_TIES = 4_000;

/** Whoever is made ill by movement has said so. */
const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Drawing {
  private readonly graph = new Graph({ type: "undirected" });
  // Where things stand is found apart: sigma draws at once what is in its graph, and only what has a place.
  private readonly space = new Graph({ type: "undirected" });
  private readonly sigma: Sigma;
  private dress = dress();
  private shown: Shown | null = null;
  private selected: string | null = null;
  private near: ReadonlySet<string> = new Set();
  private path: ReadonlySet<string> = new Set();
  private groups: ReadonlyMap<string, number> = new Map();
  private players: ReadonlySet<string> = new Set();
  private many: ReadonlySet<string> = new Set();
  private given: Places = new Map();
  private held: string | null = null;
  private moved = false;

  /** Throws where the browser cannot draw. */
  constructor(place: HTMLElement, told: Told) {
    this.sigma = new Sigma(this.graph, place, {
      allowInvalidContainer: true,
      labelFont: FONT,
      labelSize: 12,
      labelWeight: "500",
      labelColor: { color: this.dress.text },
      labelRenderedSizeThreshold: 5.5,
      labelDensity: 0.9,
      defaultEdgeColor: this.dress.line,
      zIndex: true,
      minCameraRatio: 0.04,
      maxCameraRatio: 6,
      hideEdgesOnMove: false,
      nodeReducer: (id, node) => this.node(id, node),
      edgeReducer: (key, edge) => this.edge(key, edge),
      defaultDrawNodeHover: (context, node, settings) => this.hover(context, node, settings.labelSize),
    });
    // Room for the labels at the edges.
    this.sigma.getCamera().setState({ ratio: FAR });
    this.sigma.on("clickNode", ({ node }) => !this.moved && told.select(node));
    this.sigma.on("clickStage", () => told.select(null));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); told.expand(node); });
    this.sigma.on("downNode", ({ node }) => { this.held = node; this.moved = false; });
    this.sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!this.held) return;
      this.moved = true;
      // The view stands still while something in it is moved.
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox());
      const at = this.sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(this.held, { x: at.x, y: at.y });
      this.space.mergeNodeAttributes(this.held, { x: at.x, y: at.y });
      preventSigmaDefault();
    });
    const release = (): void => {
      if (this.held && this.moved) told.pin(this.held);
      this.held = null;
    };
    this.sigma.on("upNode", release);
    this.sigma.on("upStage", release);
  }

  /** Draw this; `anew` places all that is not pinned once more. `given`: where things are to stand, once for each such map. */
  draw(network: Network, shown: Shown, given: Places, anew = false): void {
    this.shown = shown;
    this.path = network.path;
    this.groups = network.groups;
    this.players = new Set(network.players.map((each) => each.id));
    const starts = new Set(network.starts);
    const before = this.graph.order;
    this.place(network, given, anew);
    this.sigma.setSetting("hideEdgesOnMove", shown.ties.size > MANY_TIES);
    for (const node of network.nodes.values()) {
      const { x, y } = this.space.getNodeAttributes(node.id);
      const size = Math.min(4 + 2.2 * Math.log2(1 + (shown.degrees.get(node.id) ?? 0)), 16) + (starts.has(node.id) ? 3 : 0);
      const short = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
      const label = network.notes.has(node.id) ? `${short} ✎` : short;
      this.graph.mergeNode(node.id, { x, y, label, size, kind: group(node.kind), start: starts.has(node.id), pinned: network.pinned.has(node.id) });
    }
    for (const tie of network.ties.values()) {
      const weak = tie.links.every((link) => link.grade && link.grade.intelligence >= "D");
      if (!this.graph.hasEdge(tie.key)) this.graph.addEdgeWithKey(tie.key, tie.a, tie.b, {});
      this.graph.mergeEdgeAttributes(tie.key, { size: 1 + Math.min(Math.log2(tie.links.length), 3) * 0.7, weak });
    }
    this.graph.filterNodes((id) => !network.nodes.has(id)).forEach((id) => this.graph.dropNode(id));
    this.sigma.refresh();
    // Only the frame of what stood there already is known: what has come may stand outside it.
    if (this.sigma.getCustomBBox() && this.graph.order > before) this.fit();
  }

  /** Find a place for what has none; what has one keeps it, unless all is to be arranged anew. */
  private place(network: Network, given: Places, anew: boolean): void {
    const before = this.space.order;
    const moved = given !== this.given;
    this.given = given;
    this.space.filterNodes((id) => !network.nodes.has(id)).forEach((id) => this.space.dropNode(id));
    for (const id of network.nodes.keys()) {
      this.space.mergeNode(id);
      const at = moved ? given.get(id) : undefined;
      if (at) this.space.mergeNodeAttributes(id, { x: at.x, y: at.y });
    }
    for (const tie of network.ties.values()) if (!this.space.hasEdge(tie.a, tie.b)) this.space.addEdge(tie.a, tie.b);
    if (this.space.order > before || anew) {
      // The frame stays with what is drawn, so that nothing moves on the screen because something came.
      this.sigma.setCustomBBox(anew || before === 0 ? null : this.sigma.getBBox());
      arrange(this.space, network.pinned, anew);
    }
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

  /** Where everything stands. */
  places(): Places {
    return new Map(this.space.mapNodes((id, { x, y }) => [id, { x: x as number, y: y as number }] as const));
  }

  /** These are chosen together. */
  choose(ids: ReadonlySet<string>): void {
    this.many = ids;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** What is shown inside of a line that was drawn around it, in pixels of the drawing. */
  within(line: readonly (readonly [number, number])[]): string[] {
    return this.graph.filterNodes((id, node) => {
      if (!this.shown?.nodes.has(id)) return false;
      const { x, y } = this.sigma.graphToViewport({ x: node["x"] as number, y: node["y"] as number });
      let inside = false;
      line.forEach(([ax, ay], at) => {
        const [bx, by] = line[(at + 1) % line.length]!;
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      });
      return inside;
    });
  }

  select(id: string | null): void {
    this.selected = id !== null && this.graph.hasNode(id) ? id : null;
    this.near = new Set(this.selected ? this.graph.neighbors(this.selected) : []);
    this.sigma.refresh({ skipIndexation: true });
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
    this.sigma.setSetting("defaultEdgeColor", this.dress.line);
    this.sigma.refresh({ skipIndexation: true });
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

  kill(): void {
    this.sigma.kill();
  }

  private node(id: string, node: Record<string, unknown>): Record<string, unknown> {
    if (!this.shown?.nodes.has(id)) return { ...node, hidden: true };
    const group = this.groups.get(id);
    const kind = this.dress.kinds[node["kind"] as string];
    const colour = this.many.has(id) ? this.dress.strong : group !== undefined ? this.dress.hues[Math.min(group, HUES.length - 1)] : this.groups.size ? this.dress.line : kind;
    const player = this.players.has(id);
    const apart = this.selected !== null && id !== this.selected && !this.near.has(id);
    const first = id === this.selected || node["start"] === true;
    return {
      ...node,
      color: apart ? this.dress.dim : colour,
      label: apart ? null : node["label"],
      size: (node["size"] as number) * (player ? 1.35 : 1),
      highlighted: id === this.selected || this.many.has(id),
      forceLabel: first || player || node["pinned"] === true,
      zIndex: first ? 2 : apart ? 0 : 1,
    };
  }

  private edge(key: string, edge: Record<string, unknown>): Record<string, unknown> {
    if (!this.shown?.ties.has(key)) return { ...edge, hidden: true };
    if (this.path.has(key)) return { ...edge, color: this.dress.strong, size: 4, zIndex: 3 };
    const [a, b] = this.graph.extremities(key);
    const apart = this.selected !== null && a !== this.selected && b !== this.selected;
    return { ...edge, color: apart ? this.dress.dim : edge["weak"] ? this.dress.weak : this.dress.line, zIndex: apart ? 0 : 1 };
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
