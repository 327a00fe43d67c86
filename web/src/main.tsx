import { effect, signal, untracked } from "@preact/signals";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { causeOf, Fault, headers } from "./client";
import { whenIdle } from "./idle";
import { install } from "./install";
import { sendShown } from "./kept";
import { Gate, GateOver } from "./part/gate";
import { Trouble, Waiting } from "./part/notice";
import { Shell } from "./part/shell";
import { place, to } from "./route";
import { asking, beginning, owner, purpose, token, viewer, type Beginning } from "./session";
import { back, handedOn } from "./signin";

const failed = signal<Fault | null>(null);
let known: string | null = null;

async function begin(): Promise<void> {
  try {
    if (token.value === null) await back();
    // Whoever has just come back is known already.
    if (token.value === null || beginning.value === null) await know();
    failed.value = null;
  } catch (error) {
    failed.value = error instanceof Fault ? error : new Fault("no-network");
  }
}

/** What the server tells whoever looks: it changes with them. */
async function know(): Promise<void> {
  const response = await fetch("/explorer", { cache: "no-store", headers: headers() });
  if (!response.ok) throw new Fault(causeOf(response.status));
  beginning.value = (await response.json()) as Beginning;
}

type Page = (props: { id: string }) => preact.JSX.Element;

// Each page is fetched when it is first gone to: a phone at the roadside loads no network drawing.
const PAGES: Record<string, [string, () => Promise<Page>]> = {
  search: ["Search", async () => (await import("./page/search")).Search],
  subject: ["Subject", async () => (await import("./page/subject")).Subject],
  thing: ["Thing", async () => (await import("./page/other")).Other],
  review: ["Review queue", async () => (await import("./page/review")).Review],
  stop: ["Stop check", async () => (await import("./page/stop")).Stop],
  network: ["Network", async () => (await import("./page/network")).NetworkPage],
  brief: ["Brief", async () => (await import("./page/brief")).BriefPage],
  event: ["Event", async () => (await import("./page/event")).EventPage],
  live: ["Live", async () => (await import("./page/live")).Live],
};

// Where one goes next from a page: its files are fetched once there is nothing else to do, so that nobody waits for them then.
const NEXT: Record<string, string> = { search: "subject", subject: "network", thing: "network", event: "network" };

function fetchNext(page: string): void {
  const next = PAGES[NEXT[page] ?? ""];
  // What cannot be fetched now is fetched, or told of, when one goes there.
  if (next) whenIdle(() => void next[1]().catch(() => undefined));
}

function Body() {
  const { page, id } = place.value;
  const known = PAGES[page];
  const [loaded, setLoaded] = useState<{ page: string; Page: Page } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const load = (): void => {
    // What was gone to before may come later: only the page of now is shown.
    const now = (): boolean => place.value.page === page;
    known?.[1]().then((Page) => { if (now()) { setFault(null); setLoaded({ page, Page }); } fetchNext(page); }, () => now() && setFault(new Fault("no-network")));
  };
  useEffect(() => {
    // No names in titles: browsers keep them.
    document.title = `${known?.[0] ?? "Not found"} – polegraph`;
    setFault(null);
    load();
  }, [page]);
  if (!known) {
    return <article class="prose"><h1>Page not found</h1><p>Check the address, or <a href="#/search">search</a>.</p></article>;
  }
  if (fault) return <Trouble fault={fault} again={load} />;
  if (loaded?.page !== page) return <Waiting what="Opening the page" />;
  return <loaded.Page key={`${id}|${owner.value}`} id={id} />;
}

function App() {
  if (handedOn.value) return <main class="alone"><h1>You are signed in</h1><p>Close this window: the page that you came from goes on.</p></main>;
  if (failed.value) return <main class="alone"><h1>polegraph</h1><Trouble fault={failed.value} again={() => void begin()} /></main>;
  if (!beginning.value) return <main class="alone"><Waiting what="Starting" /></main>;
  // What is on a page stays while somebody changes why they look, or signs in again.
  const begins = purpose.value === null || (beginning.value.auth === "oidc" && token.value === null);
  return <Shell>{begins ? <Gate /> : <Body />}{!begins && asking.value && <GateOver />}</Shell>;
}

// From any page: a slash goes to the search.
addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
  event.preventDefault();
  if (location.hash.startsWith("#/search") || location.hash.length < 3) document.getElementById("sought")?.focus();
  else location.hash = to("search");
});

// Who looks changes what they may do; what they were told before is no longer theirs.
effect(() => {
  const who = viewer.value;
  if (untracked(() => beginning.value) === null || who === known) return;
  known = who;
  know().catch(() => undefined);
});

void begin().then(() => {
  known = viewer.value;
  install();
  void sendShown();
});
render(<App />, document.getElementById("app")!);
