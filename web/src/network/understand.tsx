// What the server makes of the people and organisations that are shown: which groups they fall into, who holds them together.

import { useState } from "preact/hooks";
import type { Variables } from "../client";
import { ask, Fault, faultOf } from "../client";
import { Trouble } from "../part/notice";
import { count } from "../words";
import { asked, type Filters, type Network, type Player, type Shown } from "./model";
import { HUES } from "./picture";

type Scope = Variables<"explorer/communities">["scope"];

interface Props {
  network: Network;
  view: Shown;
  filters: Filters;
  become: (next: Network, marking: string | null, news: string) => void;
  select: (id: string) => void;
}

// The server starts from no more.
const MOST = 100;
const PARTIES = new Set(["PERSON", "ORGANISATION"]);
const SHARED = new Set(["PHONE", "EMAIL", "ACCOUNT", "DOCUMENT", "ADDRESS", "PLACE", "VEHICLE", "CRIME", "INCIDENT", "STOP_SEARCH", "ARREST", "CUSTODY", "CALL", "SIGHTING", "INTEL_REPORT", "SAFEGUARDING", "PUBLIC_EVENT"]);

/** The people and organisations that are shown, most ties first, and what they share of what is shown. */
function scope(network: Network, view: Shown, filters: Filters): { scope: Scope; left: number } {
  const nodes = [...view.nodes].map((id) => network.nodes.get(id)!);
  const parties = nodes.filter((node) => PARTIES.has(node.kind)).sort((a, b) => (view.degrees.get(b.id) ?? 0) - (view.degrees.get(a.id) ?? 0) || a.id.localeCompare(b.id));
  const kinds = [...new Set(nodes.map((node) => node.kind))].filter((kind) => SHARED.has(kind));
  return { scope: { ids: parties.slice(0, MOST).map((node) => node.id), hops: 1, kinds, ...asked(network, filters) } as Scope, left: Math.max(0, parties.length - MOST) };
}

export function Understand({ network, view, filters, become, select }: Props) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const of = scope(network, view, filters);

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  }
  const from = of.left ? ` From the ${MOST} with most ties; ${of.left} more were not started from.` : "";

  const colour = (): Promise<void> => attempt(async () => {
    const { data, marking } = await ask("explorer/communities", { scope: of.scope });
    const groups = new Map<string, number>();
    let beyond = 0;
    data.communities.forEach((group, at) => group.members.forEach(({ entity }) => (view.nodes.has(entity.id) ? groups.set(entity.id, at) : (beyond += 1))));
    const found = new Set(groups.values()).size;
    become({ ...network, groups }, marking, `${count(found, "group")} among what is shown${beyond ? `; ${beyond} of their members are not drawn` : ""}.${from}`);
  });
  const rank = (): Promise<void> => attempt(async () => {
    const { data, marking } = await ask("explorer/key-players", { scope: of.scope });
    const players: Player[] = data.keyPlayers.map((each) => ({
      id: each.entity.id, label: each.entity.label, rank: each.rank, score: each.score, low: each.low, high: each.high, because: each.because[0]?.sentence ?? "",
    }));
    become({ ...network, players }, marking, `${count(players.length, "key player")} of this network.${from}`);
  });

  const sizes = new Map<number, number>();
  for (const group of network.groups.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return (
    <section class="understand" aria-label="Who belongs together, who matters">
      <h2>Who belongs together, who matters</h2>
      <div class="doing">
        <button type="button" disabled={busy || of.scope.ids!.length < 2} onClick={() => void colour()}>Colour groups</button>
        <button type="button" disabled={busy || of.scope.ids!.length < 2} onClick={() => void rank()}>Key players</button>
        {(network.groups.size > 0 || network.players.length > 0) && <button type="button" onClick={() => become({ ...network, groups: new Map(), players: [] }, null, "Colours are by kind again.")}>Take it off</button>}
      </div>
      {sizes.size > 0 && (
        <ul class="hues plain" aria-label="Groups">
          {[...sizes].sort(([a], [b]) => a - b).map(([group, size]) => (
            <li key={group}><span class={`dot hue-${Math.min(group, HUES.length - 1)}`} aria-hidden="true" />Group {group + 1}: {count(size, "member")} drawn</li>
          ))}
        </ul>
      )}
      {network.players.length > 0 && (
        <>
          <ol class="players plain" aria-label="Key players">
            {network.players.map((each) => (
              <li key={each.id}>
                <button type="button" class="link" disabled={!view.nodes.has(each.id)} onClick={() => select(each.id)}>{each.rank}. <bdi>{each.label}</bdi></button>
                <span class="small muted"> {each.score.toFixed(3)}, from {each.low.toFixed(3)} to {each.high.toFixed(3)}{!view.nodes.has(each.id) && "; not drawn"}</span>
                {each.because && <span class="small clip">{each.because}</span>}
              </li>
            ))}
          </ol>
          <p class="small muted">The range is of 49 of 50 worlds in which links are doubted and merges undone. Two whose ranges overlap are not told apart by it.</p>
        </>
      )}
      {fault && <Trouble fault={fault} />}
    </section>
  );
}
