// A word on who is whom, or its taking back: what comes of it is shown before it is said, and a reason is given.

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, type Data, Fault, faultOf } from "../client";
import { beginning } from "../session";
import { useAsk, useMarking } from "./ask";
import { Joined, Parted } from "./consequence";
import { Trouble, Waiting } from "./notice";

export type Saying =
  | { what: "SAME" | "DIFFERENT"; a: string; b: string }
  | { what: "RETRACT"; a: string; b: string; decision: string };
/** What was said: the id of the word, and the entities of its two records after it. */
export interface Said {
  saying: Saying;
  decision: string;
  entities: Data<"explorer/decide">["decide"]["entities"];
}

const LONGEST = 2_000;
const WORDS = {
  SAME: ["If you say that they are one", "Say that they are one"],
  DIFFERENT: ["If you say that they are two", "Say that they are two"],
  RETRACT: ["If this is taken back", "Take it back"],
} as const;
/** The last reason of each sort, offered again; in memory alone. */
const reasons = signal<Partial<Record<Saying["what"], string>>>({});

/** Why whoever looks may not decide; null where they may, or where it is not known before they try. */
export function mayNot(): string | null {
  const who = beginning.value?.who;
  if (!who || who.may.includes("decide")) return null;
  return `Your role (${who.role?.toLowerCase().replaceAll("_", " ")}) may not decide who is whom. An analyst or a supervisor may: tell them what you know.`;
}

export function MayNot() {
  const why = mayNot();
  return why ? <p class="may-not" role="note">{why}</p> : null;
}

export function Word({ saying, done, cancel }: { saying: Saying; done: (said: Said) => void; cancel: () => void }) {
  const same = saying.what === "SAME";
  const ends = { a: saying.a, b: saying.b };
  const merge = useAsk("explorer/merge", same ? ends : null);
  const split = useAsk("explorer/split", same ? null : saying.what === "RETRACT" ? { ...ends, takingBack: saying.decision } : ends);
  const { fault, again, loading } = same ? merge : split;
  const shown = same ? merge.data : split.data;
  const [reason, setReason] = useState(reasons.value[saying.what] ?? "");
  const [wrong, setWrong] = useState("");
  const [refused, setRefused] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [marking, setMarking] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useMarking(marking);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [shown !== null]);
  const [title, button] = WORDS[saying.what];

  async function say(event: Event): Promise<void> {
    event.preventDefault();
    const why = reason.trim();
    if (!why || why.length > LONGEST) {
      setWrong(why ? `A reason has at most ${LONGEST.toLocaleString("en-GB")} characters` : "Say why: whoever reads this later has nothing else");
      input.current?.focus();
      return;
    }
    // What is shown is being asked anew: its token is no more that of what stands there.
    if (busy || loading) return;
    setWrong("");
    setRefused(null);
    setBusy(true);
    try {
      const answer = await spoken(saying, why, (same ? merge.data?.mergePreview : split.data?.splitPreview)?.token ?? null);
      reasons.value = { ...reasons.value, [saying.what]: why };
      setMarking(answer.marking);
      done({ saying, decision: answer.decision, entities: answer.entities });
    } catch (error) {
      const failed = faultOf(error);
      setRefused(failed);
      // What was shown is not what there is now: it is shown anew before anybody decides.
      if (failed.cause === "changed") again();
    } finally {
      setBusy(false);
    }
  }

  return (
    <section class="card word" aria-label={title} onKeyDown={(event) => { if (event.key === "Escape") cancel(); }}>
      <h2 tabIndex={-1} ref={heading}>{title}</h2>
      {refused && <Trouble fault={refused} />}
      {fault && <Trouble fault={fault} again={again} />}
      {!shown ? !fault && <Waiting what="Working out what comes of it" /> : (
        <>
          {merge.data ? <Joined found={merge.data.mergePreview} /> : split.data && <Parted found={split.data.splitPreview} saying={saying.what === "RETRACT" ? "RETRACT" : "DIFFERENT"} />}
          {mayNot() ? <><MayNot /><p class="actions"><button type="button" class="button quiet" onClick={cancel}>Close</button></p></> : (
            <form onSubmit={(event) => void say(event)} noValidate>
              <div class="field">
                <label for="reason">Reason</label>
                <p class="hint" id="reason-hint">It stands with the word, under your name. The last one is offered again.</p>
                {wrong && <p class="wrong" id="reason-wrong" role="alert">{wrong}</p>}
                <input id="reason" type="text" ref={input} value={reason} autocomplete="off" aria-invalid={wrong !== ""}
                  aria-describedby={wrong ? "reason-hint reason-wrong" : "reason-hint"} onInput={(event) => setReason(event.currentTarget.value)} />
              </div>
              <p class="actions">
                <button type="submit" class="button" disabled={busy || loading || fault !== null}>{button}</button>
                <button type="button" class="button quiet" onClick={cancel}>Not now</button>
              </p>
            </form>
          )}
        </>
      )}
    </section>
  );
}

interface Spoken {
  decision: string;
  entities: Said["entities"];
  marking: string | null;
}

/** What was said; with the token of what was shown, so that what was shown is what happens, or nothing. */
async function spoken(saying: Saying, reason: string, token: string | null): Promise<Spoken> {
  if (saying.what === "RETRACT") {
    const { data, marking } = await ask("explorer/retract", { decision: saying.decision, reason, token });
    return { decision: saying.decision, entities: data.retract.entities, marking };
  }
  const { a, b, what } = saying;
  const { data, marking } = await ask("explorer/decide", { a, b, verdict: what, reason, token });
  return { decision: data.decide.decision.id, entities: data.decide.entities, marking };
}
