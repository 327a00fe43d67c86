// Taking a network away: the picture that is drawn, or files of what was expanded, made and put on record by the server.

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { LinkType, NetworkFormat } from "../api";
import { ask, Fault } from "../client";
import { Trouble } from "../part/notice";
import { purpose } from "../session";
import { count, purposeWord } from "../words";
import type { Drawing } from "./drawing";

interface Props {
  drawing: RefObject<Drawing>;
  starts: readonly string[];
  marking: string | null;
  asked: { types: LinkType[] | null; weakest: string; until: number | null; limit: number };
}

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The last day of a month. */
const lastDay = (month: number): string => new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

export function Exports({ drawing, starts, marking, asked }: Props) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [told, setTold] = useState("");

  async function picture(): Promise<void> {
    const why = purpose.value;
    const words = `polegraph · ${new Date().toLocaleString("en-GB")}${why ? ` · ${purposeWord(why.code)} ${why.reference}` : ""}`;
    const blob = await drawing.current?.picture(marking ?? "", words);
    if (blob) save(blob, "network.png");
  }

  async function file(format: NetworkFormat): Promise<void> {
    setFault(null);
    setTold("");
    try {
      const { data } = await ask("explorer/export", {
        ids: [...starts], hops: 1, types: asked.types, limit: Math.min(asked.limit * starts.length, 2_000), format,
        minGrade: asked.weakest === "E" ? null : { source: 3, intelligence: asked.weakest },
        until: asked.until === null ? null : lastDay(asked.until),
      });
      const made = data.exportNetwork;
      for (const text of made.texts) save(new Blob([text.text], { type: text.mediaType }), text.name);
      setTold(`Saved ${count(made.things, "thing")} and ${count(made.links, "link")}, marked ${made.marking ?? "nothing"}${made.truncated ? `; ${made.truncated.suppressed} left out (${made.truncated.reason})` : ""}.`);
    } catch (error) {
      setFault(error instanceof Fault ? error : new Fault("inside"));
    }
  }

  return (
    <section class="exports" aria-label="Take away">
      <h2>Take away</h2>
      <div class="doing">
        <button type="button" onClick={() => void picture()}>Picture (PNG)</button>
        <button type="button" onClick={() => void file("GRAPHML")}>GraphML</button>
        <button type="button" onClick={() => void file("CSV")}>CSV</button>
      </div>
      <p class="small muted">A picture shows what is drawn. Files hold what is around everything that you expanded, by type, grade and time as filtered; they are on record as a disclosure.</p>
      {told && <p class="small" role="status">{told}</p>}
      {fault && <Trouble fault={fault} />}
    </section>
  );
}
