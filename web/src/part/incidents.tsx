// The incidents of a window on a map, beside the figures; asked again each minute while it is on screen.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useAsk } from "./ask";
import { Mapped, spotsOf } from "./mapped";
import { Trouble } from "./notice";

const HOURS: Record<string, number> = { "1h": 1, "8h": 8, "24h": 24, "7d": 168, "30d": 720 };
const AGAIN_MS = 60_000;

/** `away`: it is told elsewhere on the page that nothing is answered. */
export function Incidents({ window, asOf, away }: { window: string; asOf: string; away: boolean }) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((n) => n + 1), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  // As of the first figures of this window, then as of each minute: not of each second.
  const since = useMemo(() => new Date(Date.parse(asOf) - (HOURS[window] ?? 24) * 3_600_000).toISOString().slice(0, 19) + "Z", [window, turn]);
  const { data, fault, again } = useAsk("explorer/incidents", { since });
  const nodes = data?.entities.edges.map(({ node }) => node) ?? [];
  return (
    <>
      {fault && <Trouble fault={fault} again={again} quiet={away} />}
      {(data || !fault) && <Mapped title="Where incidents are" spots={spotsOf(nodes)} some={data?.entities.pageInfo.hasNextPage ? `The newest ${nodes.length} are looked at; there are more.` : ""} none={data ? "No incident of this window has a place." : "Looking for incidents."} />}
    </>
  );
}
