// What fired one's own watches, as it comes, until one says that it was seen.

import { useEffect, useRef, useState } from "preact/hooks";
import { ask, type Data, Fault, faultOf } from "../client";
import { owner, purpose } from "../session";
import { moment } from "../words";
import { useMarking } from "./ask";
import { Trouble } from "./notice";
import { useStream } from "./stream";
import { Thing } from "./thing";

type Alert = Data<"explorer/alerts">["alerts"]["alerts"][number];

/** `away`: it is told elsewhere on the page that nothing is answered. */
export function Alerts({ away }: { away: boolean }) {
  const [open, setOpen] = useState<Alert[] | null>(null);
  const [more, setMore] = useState(false);
  const [marking, setMarking] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Fault | null>(null);
  const state = useRef<HTMLParagraphElement>(null);
  useMarking(marking);
  const who = JSON.stringify([owner.value, purpose.value]);
  useEffect(() => { setOpen(null); setMarking(null); }, [who]);
  const { fault, again } = useStream("explorer/alerts", {}, ({ data, marking: told }) => {
    const found = data.alerts;
    // The first answer of a stream is all that is not seen; the next ones are what came since.
    setOpen((before) => [...new Map([...(before ?? []), ...found.alerts].map((each) => [each.id, each])).values()]);
    if (found.more) setMore(true);
    if (told) setMarking(told);
  });
  const seen = (ids: string[]): void => {
    ask("explorer/acknowledge", { alerts: ids }).then(
      ({ data }) => {
        setWrong(null);
        setOpen((before) => (before ?? []).filter((each) => !data.acknowledge.ids.includes(each.id)));
        // The button that was pressed goes.
        state.current?.focus();
        if (more) {
          setMore(false);
          again();
        }
      },
      (error: unknown) => setWrong(faultOf(error)),
    );
  };
  const newest = [...(open ?? [])].reverse();
  return (
    <section class="card alerts" aria-labelledby="alerts">
      <div class="card-head">
        <h2 id="alerts">Alerts of what you watch</h2>
        {newest.length > 1 && <button type="button" class="link" onClick={() => seen(newest.slice(0, 500).map((each) => each.id))}>All were seen</button>}
      </div>
      {fault && <Trouble fault={fault} again={again} quiet={away} />}
      {wrong && <Trouble fault={wrong} />}
      <p class="muted small" role="status" tabIndex={-1} ref={state}>
        {open === null ? "Listening for alerts." : newest.length === 0 ? "Nothing new. Watch somebody from their profile." : `${newest.length}${more ? " or more" : ""} not seen yet.`}
      </p>
      <ul class="plain">
        {newest.map((each) => (
          <li key={each.id} data-alert={each.id}>
            <p><strong>{each.watch.name}</strong> <span class="muted">{moment(each.at)}</span></p>
            <p>{each.sentence}</p>
            <p class="actions">
              {each.subjects.map((thing) => <Thing key={thing.id} thing={thing} />)}
              <button type="button" class="link" aria-label={`Seen: ${each.sentence}`} onClick={() => seen([each.id])}>Seen</button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
