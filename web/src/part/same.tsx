// "This is the same as ...": somebody else is sought, held against this subject, and what comes of it is shown.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Kind } from "../api";
import { date, kindWord } from "../words";
import { useAsk } from "./ask";
import { Trouble, Waiting } from "./notice";
import { Pair } from "./pair";
import { MayNot, Word, type Said } from "./word";

const SHORTEST = 2;
const PAUSE_MS = 150;
const FEW = 8;

export function SameAs({ id, kind, done, close }: { id: string; kind: string; done: (said: Said) => void; close: () => void }) {
  const [text, setText] = useState("");
  const [sought, setSought] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => setSought(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, fault, loading, again } = useAsk("explorer/search", sought.length >= SHORTEST ? { text: sought, kinds: [kind as Kind] } : null);
  const hits = data?.search.edges.map((edge) => edge.node.entity).filter((each) => each.id !== id).slice(0, FEW) ?? [];
  const word = kindWord(kind).toLowerCase();
  return (
    <section class="card same-as" aria-label="This is the same as">
      <div class="card-head"><h2>This is the same as…</h2><button type="button" class="link" onClick={close}>Close</button></div>
      <MayNot />
      <div class="field">
        <label for="other">Find the other {word}</label>
        <input id="other" type="search" ref={input} value={text} autocomplete="off" spellcheck={false} onInput={(event) => { setText(event.currentTarget.value); setOther(null); }} />
      </div>
      {fault && <Trouble fault={fault} again={again} />}
      {other === null && hits.length > 0 && (
        <ul class="plain others">{hits.map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => setOther(each.id)}><strong><bdi>{each.label}</bdi></strong>
              <span class="muted">{each.dateOfBirth ? ` born ${date(each.dateOfBirth)}` : each.yearOfBirth ? ` born ${each.yearOfBirth}` : ""} · {each.degree} links</span></button>
          </li>
        ))}</ul>
      )}
      {other === null && !loading && data && hits.length === 0 && <p class="muted" role="status">No other {word} by that name that you may see.</p>}
      {other !== null && <Against key={other} a={id} b={other} done={done} cancel={() => { setOther(null); input.current?.focus(); }} />}
    </section>
  );
}

function Against({ a, b, done, cancel }: { a: string; b: string; done: (said: Said) => void; cancel: () => void }) {
  const { data, fault, again } = useAsk("explorer/pair", { a, b });
  return (
    <>
      <Word saying={{ what: "SAME", a, b }} done={done} cancel={cancel} />
      {fault ? <Trouble fault={fault} again={again} /> : !data ? <Waiting what="Comparing the two" /> : <Pair pair={data.whyNot} />}
    </>
  );
}
