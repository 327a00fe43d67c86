// Many things chosen at once: pinned, put away, noted at, connected.

import { useState } from "preact/hooks";
import { count } from "../words";

interface Props {
  chosen: ReadonlySet<string>;
  labels: readonly string[];
  busy: boolean;
  pin: () => void;
  putAway: () => void;
  note: (text: string) => void;
  connect: () => void;
  leave: () => void;
}

// As many as `connect` joins.
const MOST = 20;
const FEW = 8;

export function Many({ chosen, labels, busy, pin, putAway, note, connect, leave }: Props) {
  const [text, setText] = useState("");
  const joins = chosen.size >= 2 && chosen.size <= MOST;
  return (
    <section class="many" aria-label="Chosen together" data-testid="many">
      <h2>{count(chosen.size, "thing")} chosen together</h2>
      <p class="small muted">{labels.slice(0, FEW).map((label, at) => <span key={at}>{at > 0 && ", "}<bdi>{label}</bdi></span>)}{labels.length > FEW && ` and ${labels.length - FEW} more`}</p>
      <div class="doing">
        <button type="button" onClick={pin}>Pin all</button>
        <button type="button" onClick={putAway}>Put all away</button>
        <button type="button" onClick={connect} disabled={busy || !joins} title={joins ? undefined : `Between 2 and ${MOST} can be connected`}>Connect them</button>
        <button type="button" onClick={leave}>Leave them</button>
      </div>
      <form class="keeping" onSubmit={(event) => { event.preventDefault(); note(text); setText(""); }}>
        <label for="many-note">Note at each</label>
        <input id="many-note" value={text} maxLength={2_000} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
        <div class="doing"><button type="submit">Note it</button></div>
      </form>
    </section>
  );
}
