// The one drawing of this tab: made once, before anybody waits for it, and put away empty between networks.

import { Drawing, type Told } from "./drawing";
import { ready } from "./layout";

const NOBODY: Told = { select: () => undefined, expand: () => undefined, pin: () => undefined, moves: () => undefined };
// Made once: what a browser draws with takes a tenth of a second and more to be made, most of it shaders.
let kept: Drawing | null = null;

/** Make ready what draws and what places, before anybody waits for them. */
export function warm(): void {
  ready();
  if (kept && !kept.lost()) return;
  const place = document.createElement("div");
  place.className = "whole";
  try {
    kept = new Drawing(place, NOBODY);
  } catch {
    // Whoever wants it drawn is told that this browser cannot.
  }
}

/** The drawing, put there; throws where the browser cannot draw. Give it back with `put`. */
export function take(place: HTMLElement, told: Told): Drawing {
  warm();
  if (!kept) throw new Error("no WebGL");
  kept.tell(told);
  place.append(kept.element);
  return kept;
}

/** Put the drawing away, empty. */
export function put(drawing: Drawing): void {
  drawing.tell(NOBODY);
  drawing.clear();
  drawing.element.remove();
}
