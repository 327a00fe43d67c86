// The colours of the page, which a canvas does not inherit.

import { HUES } from "./picture";
import type { Colour } from "./ties";

export interface Dress {
  text: string;
  page: string;
  line: string;
  strong: string;
  weak: string;
  dim: string;
  kinds: Record<string, string>;
  hues: string[];
}

const GROUPS = ["person", "organisation", "vehicle", "phone", "place", "object", "marker", "event", "intel_report", "officer"];

/** As the page is dressed now. */
export function dress(): Dress {
  // What a variable comes to, light or dark, is known of what wears it.
  const worn = document.body.appendChild(document.createElement("i"));
  const style = getComputedStyle(worn);
  const of = (name: string): string => {
    worn.style.color = `var(--${name})`;
    return hex(style.color);
  };
  const found = {
    text: of("ink"), page: of("card"), line: of("tie"), strong: of("link"), weak: of("flag"), dim: of("line"),
    kinds: Object.fromEntries(GROUPS.map((name) => [name, of(name)])),
    hues: Array.from(HUES, (_, at) => of(`hue-${at}`)),
  };
  worn.remove();
  return found;
}

function hex(text: string): string {
  const parts = text.match(/[\d.]+/g) ?? [];
  return `#${parts.slice(0, 3).map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("")}`;
}

/** A colour as three numbers. */
export const rgb = (text: string): Colour => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Colour;
