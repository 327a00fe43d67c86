// A search made narrower: by kind, with how many there are of each, by place and by day.

import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { Kind } from "../api";
import type { Variables } from "../client";
import { count, kindWords } from "../words";
import { useAsk } from "./ask";
import { Trouble } from "./notice";

interface Narrowed {
  /** None: all that the search looks among. */
  kinds: readonly string[];
  /** How a postcode begins. */
  place: string;
  /** Days, both included; what happened at no time has none. */
  since: string;
  until: string;
}

const WIDE: Narrowed = { kinds: [], place: "", since: "", until: "" };
export const narrowed = signal<Narrowed>(WIDE);

type Where = Variables<"explorer/search">["where"];

const after = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The conditions as the API has them; null where there are none. */
export function where({ place, since, until }: Narrowed): Where {
  const parts = [
    ...(place.trim() ? [{ property: "entity.postcode", startsWith: place.trim().toUpperCase() }] : []),
    ...(since ? [{ property: "entity.occurredFrom", gte: since }] : []),
    ...(until ? [{ property: "entity.occurredFrom", lt: after(until) }] : []),
  ];
  return parts.length ? ({ and: parts } as Where) : null;
}

interface Props {
  sought: string;
  kinds: Kind[] | null;
}

export function Narrow({ sought, kinds }: Props) {
  const by = narrowed.value;
  const much = by.kinds.length + [by.place, by.since, by.until].filter(Boolean).length;
  const [open, setOpen] = useState(much > 0);
  const become = (next: Narrowed): void => { narrowed.value = next; };
  return (
    <details class="narrow" open={open} onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>Narrow by kind, place and time{much > 0 && ` (${much})`}</summary>
      {open && (
        <>
          <Counts sought={sought} kinds={kinds} by={by} become={become} />
          <div class="line">
            <label>Postcode begins with <input value={by.place} maxLength={8} size={8} autocomplete="off" spellcheck={false} onInput={(event) => become({ ...by, place: event.currentTarget.value })} /></label>
            <label>Happened from <input type="date" value={by.since} onInput={(event) => become({ ...by, since: event.currentTarget.value })} /></label>
            <label>to <input type="date" value={by.until} onInput={(event) => become({ ...by, until: event.currentTarget.value })} /></label>
            {much > 0 && <button type="button" class="link" onClick={() => become(WIDE)}>Take all away</button>}
          </div>
        </>
      )}
    </details>
  );
}

/** How many of each kind, and in which areas, whatever kinds are chosen. */
function Counts({ sought, kinds, by, become }: { sought: string; kinds: Kind[] | null; by: Narrowed; become: (next: Narrowed) => void }) {
  const conditions = where(by);
  const variables = useMemo(() => ({ text: sought, kinds, where: conditions }), [sought, JSON.stringify([kinds, conditions])]);
  const { data, fault, again } = useAsk("explorer/facets", variables);
  const of = (name: string) => data?.search.facets.find((facet) => facet.property === name);
  const [kind, area] = [of("kind"), of("area")];
  const toggled = (value: string): readonly string[] => (by.kinds.includes(value) ? by.kinds.filter((each) => each !== value) : [...by.kinds, value]);
  return (
    <>
      {fault && <Trouble fault={fault} again={again} />}
      <div class="filters" role="group" aria-label="Kinds among what was found">
        {kind?.values.map(({ value, count: n }) => (
          <button key={value} type="button" class="chip" aria-pressed={by.kinds.includes(value)} onClick={() => become({ ...by, kinds: toggled(value) })}>{kindWords(value)} <span class="n">{n.toLocaleString("en-GB")}</span></button>
        ))}
      </div>
      {kind?.capped && <p class="small muted">Counted among the first {count(kind.counted, "result")}.</p>}
      {area && area.values.length > 0 && <p class="small muted">Where: {area.values.slice(0, 8).map((each) => `${each.entity?.label ?? each.value} (${each.count})`).join(", ")}</p>}
    </>
  );
}
