// Where a subject lived and what happened around them, on a map: asked for when somebody wants to know.

import { useState } from "preact/hooks";
import { useAsk } from "./ask";
import { Mapped, spotsOf } from "./mapped";
import { Trouble, Waiting } from "./notice";

// The API answers for so many ids at once.
const MOST = 100;

export function Where({ ids }: { ids: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const some = [...new Set(ids)].slice(0, MOST);
  const { data, fault, loading, again } = useAsk("explorer/places", open && some.length ? { ids: some } : null);
  if (some.length === 0) return null;
  if (!open) return <section class="card"><div class="card-head"><h2>Where</h2><button type="button" class="link" onClick={() => setOpen(true)}>Look for places</button></div></section>;
  if (!data) return fault ? <Trouble fault={fault} again={again} /> : loading ? <Waiting what="Looking for places" /> : null;
  return <Mapped title="Where" spots={spotsOf(data.nodes)} none="None of the addresses and events shown has a place." />;
}
