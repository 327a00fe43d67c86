// Warnings and flags, each said once, with how often, since when and by whom.

import { count, date, said, warningWord } from "../words";

export interface Warned {
  code: string;
  text: string;
  since: string | null;
  record?: { source: { name: string }; grade: { label: string } | null } | null;
}

interface Gathered {
  code: string;
  texts: string[];
  since: string | null;
  sources: string[];
  times: number;
}

/** The same warnings gathered by their code: what is said in words, the newest day, who says so. */
export function gathered(warnings: readonly Warned[]): Gathered[] {
  const all = new Map<string, Gathered>();
  for (const each of warnings) {
    const of = all.get(each.code) ?? { code: each.code, texts: [], since: null, sources: [], times: 0 };
    all.set(each.code, of);
    of.times += 1;
    if (each.text && each.text !== each.code && !of.texts.includes(each.text)) of.texts.push(each.text);
    if (each.since && (!of.since || each.since > of.since)) of.since = each.since;
    const source = each.record?.source.name;
    if (source && !of.sources.includes(source)) of.sources.push(source);
  }
  return [...all.values()];
}

export function Warnings({ warnings, flags }: { warnings: readonly Warned[]; flags: readonly Warned[] }) {
  if (warnings.length + flags.length === 0) return <p class="no-warnings" data-testid="warnings">No warnings that you may see.</p>;
  return (
    <section class="warnings" aria-label="Warnings" data-testid="warnings">
      {gathered(warnings).map((each) => <Warning key={each.code} warning={each} tone="danger" words={warningWord(each.code)} />)}
      {gathered(flags).map((each) => <Warning key={each.code} warning={each} tone="flag" words={said(each.code)} />)}
    </section>
  );
}

function Warning({ warning, tone, words }: { warning: Gathered; tone: string; words: string }) {
  const about = [
    warning.since && date(warning.since),
    warning.times > 1 && count(warning.times, "statement"),
    warning.sources.join(", "),
  ].filter(Boolean);
  return (
    <div class={`warning ${tone}`}>
      <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
        <path d={tone === "danger" ? "M8 1.500 15 14H1Zm-.8 5v4h1.600v-4Zm0 5v1.400h1.600v-1.400Z" : "M3 1.500h1.500V3H13l-2 3 2 3H4.500v5.500H3Z"} fill="currentColor" fill-rule="evenodd" />
      </svg>
      <div>
        <strong><span class="hidden">{tone === "danger" ? "Warning: " : "Flag: "}</span>{words}</strong>
        {warning.texts.length > 0 && <p>{warning.texts.join("; ")}</p>}
        {about.length > 0 && <p class="small">{about.join(" · ")}</p>}
      </div>
    </div>
  );
}
