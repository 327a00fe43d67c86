// A map that is fetched when somebody opens it, so that no page waits for it.

import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { count } from "../words";
import { Waiting } from "./notice";
import type { Spot } from "./map";

interface Placed {
  id: string;
  kind?: string | null;
  label?: string | null;
  occurredFrom?: string | null;
  location?: Spot["at"] | null;
}

/** Those of these things that have a place, as a map has them. */
export const spotsOf = (things: readonly (Placed | null)[]): Spot[] =>
  things.flatMap((each) => (each?.location && each.kind ? [{ id: each.id, kind: each.kind, label: each.label ?? "", when: each.occurredFrom ?? null, at: each.location }] : []));

interface Props {
  spots: readonly Spot[];
  title: string;
  chosen?: string | null;
  none: string;
}

export function Mapped({ spots, title, chosen = null, none }: Props) {
  const [open, setOpen] = useState(false);
  const [Map, setMap] = useState<FunctionComponent<Omit<Props, "none">> | null>(null);
  const [failed, setFailed] = useState(false);

  function toggle(): void {
    setOpen(!open);
    if (!Map) void import("./map").then((loaded) => setMap(() => loaded.default), () => setFailed(true));
  }

  return (
    <section class="card mapped">
      <div class="card-head">
        <h2>{title}</h2>
        {spots.length > 0 && <button type="button" class="link" aria-expanded={open} onClick={toggle}>{open ? "Close the map" : "Open the map"}</button>}
      </div>
      <p class="small muted">{spots.length === 0 ? none : `${count(spots.length, "place")} known.`}</p>
      {open && (Map ? <Map spots={spots} title={title} chosen={chosen} /> : failed ? <p role="alert">The map could not be fetched. Check that the server runs, then open it again.</p> : <Waiting what="Fetching the map" />)}
    </section>
  );
}
