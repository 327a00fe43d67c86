// Watching somebody: a standing question of one's own, whose alerts come on the page of what is happening.

import { useState } from "preact/hooks";
import { ask, faultOf, PASSING } from "../client";
import { useAsk } from "./ask";
import { Trouble, WORDS } from "./notice";

export function Watched({ id, label, told }: { id: string; label: string; told: (words: string) => void }) {
  const { data, fault, again } = useAsk("explorer/watches", {});
  const [busy, setBusy] = useState(false);
  const own = data?.watches.filter((each) => each.subjects.length === 1 && each.subjects[0]?.id === id) ?? [];
  const change = async (): Promise<void> => {
    setBusy(true);
    try {
      if (own.length === 0) {
        await ask("explorer/watch", { name: label, ids: [id] });
        told("Watched: what is new is told under Live.");
      } else {
        for (const each of own) await ask("explorer/unwatch", { id: each.id });
        told("Not watched any more.");
      }
    } catch (error) {
      const fault = faultOf(error);
      told(fault.message ? `polegraph says: ${fault.message}` : `${WORDS[fault.cause][0]}. That could not be done: try again.`);
    }
    setBusy(false);
    again();
  };
  // Whoever may not watch is not offered it.
  if (fault && !PASSING.has(fault.cause)) return null;
  return (
    <>
    {fault && <Trouble fault={fault} again={again} quiet />}
    <button type="button" class="button quiet" aria-pressed={own.length > 0} disabled={busy || data === null} onClick={() => void change()}>
      {own.length > 0 ? "Watched: stop" : "Watch"}
    </button>
    </>
  );
}
