// Workspaces: the network kept as it lies, opened again, given another name, given up.

import { useEffect, useState } from "preact/hooks";
import type { Variables } from "../client";
import { ask, type Data, Fault, faultOf } from "../client";
import { useAsk } from "../part/ask";
import { Trouble, Waiting } from "../part/notice";
import { Markings } from "../part/thing";
import { date } from "../words";
import { add, ALL, lastDay, monthOfDay, NONE, type Filters, type Network } from "./model";
import { before, filters, kept, marked, marking, network, places, type Places } from "./state";

type Saved = Data<"explorer/workspaces">["workspaces"][number];
type Workspace = NonNullable<Data<"explorer/workspace">["workspace"]>;
type Input = Variables<"explorer/save-workspace">["workspace"];

/** What is drawn, as it is kept; `where` has the places. */
function input(name: string, where: Places): Input {
  const { nodes, starts, pinned, away, notes } = network.value;
  const { kinds, types, weakest, until, crowded } = filters.value;
  return {
    name,
    things: [...nodes.keys()].map((id) => ({
      id, ...(where.get(id) ?? { x: 0, y: 0 }), expanded: starts.includes(id), pinned: pinned.has(id), away: away.has(id), note: notes.get(id) ?? null,
    })),
    filters: { hiddenKinds: [...kinds], hiddenTypes: [...types], weakest, until: until === null ? null : lastDay(until), crowded } as NonNullable<Input["filters"]>,
  };
}

/** The network that a workspace is, as it may be seen now, and what is shown of it. */
export function opened(workspace: Workspace): { network: Network; filters: Filters; places: Places } {
  const { things, filters: by } = workspace;
  const { links, truncated } = workspace.network;
  const ids = (what: (thing: Workspace["things"][number]) => boolean): string[] => things.filter(what).map((thing) => thing.entity.id);
  const left = truncated ? [`${truncated.suppressed} left out (${truncated.reason})`] : [];
  const made = add(NONE, { nodes: things.map((thing) => thing.entity), links }, ids((thing) => thing.expanded), left);
  return {
    network: {
      ...made,
      pinned: new Set(ids((thing) => thing.pinned)),
      away: new Set(ids((thing) => thing.away)),
      notes: new Map(things.flatMap((thing) => (thing.note ? [[thing.entity.id, thing.note] as const] : []))),
    },
    filters: {
      ...ALL, kinds: new Set(by.hiddenKinds), types: new Set(by.hiddenTypes), weakest: by.weakest,
      until: by.until === null ? null : monthOfDay(by.until), crowded: by.crowded,
    },
    places: new Map(things.map((thing) => [thing.entity.id, { x: thing.x, y: thing.y }])),
  };
}

/** Open a workspace in the place of what is drawn; throws Fault, or AbortError where `signal` says so. */
export async function open(id: string, signal: AbortSignal): Promise<void> {
  const answer = await ask("explorer/workspace", { id }, signal);
  const workspace = answer.data.workspace;
  if (!workspace) throw new Fault("absent");
  const found = opened(workspace);
  // What was drawn before is not a step of this.
  before.value = [];
  places.value = found.places;
  filters.value = found.filters;
  marking.value = null;
  network.value = found.network;
  kept.value = { id, name: workspace.name, version: workspace.version };
  marked(answer.marking);
}

/** Keep what is drawn: as what is open, or as another; `where` says where things stand. */
export function Keep({ where, open }: { where: () => Places; open: (id: string) => void }) {
  const now = kept.value;
  const [name, setName] = useState(now?.name ?? "");
  const [fault, setFault] = useState<Fault | null>(null);
  const [told, setTold] = useState("");
  const [others, setOthers] = useState(false);
  useEffect(() => setName(now?.name ?? ""), [now?.id]);

  async function save(anew: boolean): Promise<void> {
    setFault(null);
    setTold("");
    try {
      const of = anew || !now ? {} : { id: now.id, version: now.version };
      const { data } = await ask("explorer/save-workspace", { workspace: { ...input(name, where()), ...of } });
      const saved = data.saveWorkspace;
      kept.value = { id: saved.id, name: saved.name, version: saved.version };
      setTold(`Kept as “${saved.name}”, marked ${saved.marking ?? "nothing"}. Only you can open it.`);
    } catch (error) {
      setFault(faultOf(error));
    }
  }

  return (
    <section class="keep" aria-label="Workspace">
      <h2>Workspace</h2>
      <form class="keeping" onSubmit={(event) => { event.preventDefault(); void save(false); }}>
        <label for="keep-name" class="hidden">Name of the workspace</label>
        <input id="keep-name" value={name} maxLength={200} required autocomplete="off" placeholder="Name" onInput={(event) => setName(event.currentTarget.value)} />
        <div class="doing">
          <button type="submit">{now ? "Save" : "Keep it"}</button>
          {now && <button type="button" disabled={!name.trim()} onClick={() => void save(true)}>Save as another</button>}
        </div>
      </form>
      <p class="small muted">Things, places, pins, notes and filters as they are. {now ? <>Open: <bdi>{now.name}</bdi>.</> : ""}</p>
      {told && <p class="small" role="status">{told}</p>}
      {fault && <Trouble fault={fault} />}
      <details onToggle={(event) => setOthers((event.currentTarget as HTMLDetailsElement).open)}>
        <summary>Open another</summary>
        {others && <Shelf open={open} />}
      </details>
    </section>
  );
}

/** What somebody has kept: to open, to give another name, to give up. */
export function Shelf({ open }: { open: (id: string) => void }) {
  const { data, fault, loading, again } = useAsk("explorer/workspaces", {});
  if (!data) return fault ? <Trouble fault={fault} again={again} /> : loading ? <Waiting what="Looking for your workspaces" /> : null;
  return (
    <section class="card shelf" aria-label="Your workspaces">
      <h2>Your workspaces</h2>
      {data.workspaces.length === 0 && <p class="muted">None yet. Keep a network under “Workspace” beside its drawing.</p>}
      <ul class="plain">{data.workspaces.map((each) => <Row key={each.id} saved={each} open={open} again={again} />)}</ul>
    </section>
  );
}

function Row({ saved, open, again }: { saved: Saved; open: (id: string) => void; again: () => void }) {
  const [doing, setDoing] = useState<"name" | "give up" | null>(null);
  const [name, setName] = useState(saved.name);
  const [fault, setFault] = useState<Fault | null>(null);

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      if (kept.value?.id === saved.id) kept.value = null;
      setDoing(null);
      again();
    } catch (error) {
      setFault(faultOf(error));
    }
  }

  const rename = (): Promise<void> => attempt(() => ask("explorer/save-workspace", { workspace: { id: saved.id, version: saved.version, name } }));
  const drop = (): Promise<void> => attempt(() => ask("explorer/delete-workspace", { id: saved.id }));
  return (
    <li>
      <p class="row">
        <button type="button" class="link" onClick={() => open(saved.id)}><bdi>{saved.name}</bdi></button>{" "}
        <Markings texts={saved.marking ? [saved.marking] : []} always /> <span class="muted small">saved {date(saved.saved)}</span>
        <span class="doing">
          <button type="button" aria-expanded={doing === "name"} onClick={() => setDoing(doing === "name" ? null : "name")}>Rename</button>
          <button type="button" aria-expanded={doing === "give up"} onClick={() => setDoing(doing === "give up" ? null : "give up")}>Give up</button>
        </span>
      </p>
      {doing === "name" && (
        <form class="keeping" onSubmit={(event) => { event.preventDefault(); void rename(); }}>
          <label for={`name-${saved.id}`}>New name</label>
          <input id={`name-${saved.id}`} value={name} maxLength={200} required onInput={(event) => setName(event.currentTarget.value)} />
          <button type="submit" class="button">Rename</button>
        </form>
      )}
      {doing === "give up" && <p role="alert">It cannot be had back. <button type="button" class="button" onClick={() => void drop()}>Give it up for good</button></p>}
      {fault && <Trouble fault={fault} again={again} />}
    </li>
  );
}
