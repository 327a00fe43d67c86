// A thing named in a text: its picture, its label, where it leads.

import { pageOf } from "../route";
import { kindWord } from "../words";
import { Icon } from "./icon";
import { Tag } from "./notice";

export interface Named {
  id: string;
  kind: string;
  label: string;
}

export function Thing({ thing }: { thing: Named }) {
  return (
    <a class="thing" href={pageOf(thing)} title={kindWord(thing.kind)}>
      <Icon kind={thing.kind} />
      <span class="hidden">{kindWord(thing.kind)} </span>
      <bdi>{thing.label}</bdi>
    </a>
  );
}

/** The markings of a thing, where they are above the lowest. */
export function Markings({ texts, always = false }: { texts: readonly string[]; always?: boolean }) {
  return <>{texts.filter((text) => always || text !== "OFFICIAL").map((text) => <Tag key={text} tone={text === "OFFICIAL" ? "plain" : "marking"}>{text}</Tag>)}</>;
}

/** What shows and hides more of a row. */
export function Unfold({ open, toggle, what }: { open: boolean; toggle: () => void; what: string }) {
  return <button type="button" class="unfold" aria-expanded={open} aria-label={what} onClick={toggle}><span aria-hidden="true">{open ? "▾" : "▸"}</span></button>;
}

/** How far a statement is trusted: what 3x5x2 says, in words for whoever does not know it. */
export function Grade({ grade }: { grade: { label: string } | null | undefined }) {
  if (!grade) return <span class="grade muted" title="Ungraded">–</span>;
  const [source = "", intelligence = ""] = grade.label;
  const sources: Record<string, string> = { 1: "reliable source", 2: "untested source", 3: "not reliable source" };
  const known: Record<string, string> = {
    A: "known directly", B: "known indirectly but corroborated", C: "known indirectly", D: "not known", E: "suspected to be false",
  };
  const words = [sources[source], known[intelligence]].filter(Boolean).join(", ");
  return <abbr class={`grade grade-${intelligence.toLowerCase()}`} title={words}>{grade.label}</abbr>;
}
