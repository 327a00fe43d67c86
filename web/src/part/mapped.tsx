// A map that is fetched when somebody opens it, so that no page waits for it.

import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { Fault } from "../client";
import { count } from "../words";
import { Trouble, Waiting } from "./notice";
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
  /** Said where not all were looked at. */
  some?: string;
}

export function Mapped({ spots, title, chosen = null, none, some = "" }: Props) {
  const [open, setOpen] = useState(false);
  const [Map, setMap] = useState<FunctionComponent<Omit<Props, "none" | "some">> | null>(null);
  const [failed, setFailed] = useState<Fault | null>(null);

  function fetchMap(): void {
    import("./map").then((loaded) => { setFailed(null); setMap(() => loaded.default); }, () => setFailed(new Fault("no-network")));
  }

  function toggle(): void {
    setOpen(!open);
    if (!Map) fetchMap();
  }

  return (
    <section class="card mapped">
      <div class="card-head">
        <h2>{title}</h2>
        {spots.length > 0 && <button type="button" class="link" aria-expanded={open} onClick={toggle}>{open ? "Close the map" : "Open the map"}</button>}
      </div>
      <p class="small muted">{spots.length === 0 ? none : `${count(spots.length, "place")} known.`}{some && ` ${some}`}</p>
      {open && (Map ? <Map spots={spots} title={title} chosen={chosen} /> : failed ? <Trouble fault={failed} again={fetchMap} /> : <Waiting what="Fetching the map" />)}
    </section>
  );
}
