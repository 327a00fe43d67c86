// Taking a network away: as a picture or a brief of what is drawn, or as files of what was expanded. The server puts each on record.

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { LinkType, NetworkFormat } from "../api";
import { ask, type Data, Fault, faultOf, type Variables } from "../client";
import { Trouble } from "../part/notice";
import { to } from "../route";
import { count, purposeWord } from "../words";
import type { Drawing } from "./drawing";
import { asked, type Filters, type Network, type Shown } from "./model";
import { file } from "./picture";
import { places } from "./state";

interface Props {
  drawing: RefObject<Drawing>;
  network: Network;
  view: Shown;
  filters: Filters;
  limit: number;
}

export type Brief = Data<"explorer/brief">["brief"];

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What the server puts on record as a disclosure of what is shown. */
export const briefed = (network: Network, view: Shown, filters: Filters): Variables<"explorer/brief"> => ({ ids: [...view.nodes], ...asked<LinkType>(network, filters) });

/** Who took it, when, why. */
export function byline(brief: Brief): string {
  const why = brief.purpose ? ` · ${purposeWord(brief.purpose)}${brief.reference ? ` ${brief.reference}` : ""}` : "";
  return `polegraph · ${new Date(brief.madeAt).toLocaleString("en-GB")} · ${brief.madeBy}${why}`;
}

export function Exports({ drawing, network, view, filters, limit }: Props) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [told, setTold] = useState("");

  async function attempt(work: () => Promise<string>): Promise<void> {
    setFault(null);
    setTold("");
    try {
      setTold(await work());
    } catch (error) {
      setFault(faultOf(error));
    }
  }

  const picture = (form: "png" | "svg"): Promise<void> => attempt(async () => {
    const { brief } = (await ask("explorer/brief", briefed(network, view, filters))).data;
    const [marking, words] = [brief.marking ?? "", byline(brief)];
    const where = drawing.current?.places() ?? places.value;
    const blob = form === "svg" ? file({ network, view, places: where, marking, words }) : await drawing.current?.picture(marking, words);
    if (!blob) return "This browser cannot draw it.";
    save(blob, `network.${form}`);
    return `Saved a picture of ${count(brief.nodes.length, "thing")}, marked ${brief.marking ?? "nothing"}.`;
  });

  const text = (format: NetworkFormat): Promise<void> => attempt(async () => {
    const { data } = await ask("explorer/export", { ids: [...network.starts], hops: 1, limit: Math.min(limit * network.starts.length, 2_000), format, ...asked<LinkType>(network, filters) });
    const made = data.exportNetwork;
    for (const each of made.texts) save(new Blob([each.text], { type: each.mediaType }), each.name);
    return `Saved ${count(made.things, "thing")} and ${count(made.links, "link")}, marked ${made.marking ?? "nothing"}${made.truncated ? `; ${made.truncated.suppressed} left out (${made.truncated.reason})` : ""}.`;
  });

  return (
    <section class="exports" aria-label="Take away">
      <h2>Take away</h2>
      <div class="doing">
        <a class="button" href={to("brief")}>Brief to print</a>
        <button type="button" onClick={() => void picture("png")}>Picture (PNG)</button>
        <button type="button" onClick={() => void picture("svg")}>Drawing (SVG)</button>
        <button type="button" onClick={() => void text("GRAPHML")}>GraphML</button>
        <button type="button" onClick={() => void text("CSV")}>CSV</button>
      </div>
      <p class="small muted">The brief and pictures show what is drawn. Files hold what is around everything that you expanded, by type, grade and time as filtered. Each is on record as a disclosure.</p>
      {told && <p class="small" role="status">{told}</p>}
      {fault && <Trouble fault={fault} />}
    </section>
  );
}
