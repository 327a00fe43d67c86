// Everything that is shown, as a list: for the keyboard, for who hears the page, and to find something in a large drawing.

import { useMemo, useState } from "preact/hooks";
import { Icon } from "../part/icon";
import { count, kindWord } from "../words";
import type { Network, Shown } from "./model";

interface Props {
  network: Network;
  view: Shown;
  selected: string | null;
  many: ReadonlySet<string>;
  choose: (many: ReadonlySet<string>) => void;
  select: (id: string) => void;
  expand: (id: string) => void;
}

const MOST = 200;

export function Things({ network, view, selected, many, choose, select, expand }: Props) {
  const [sought, setSought] = useState("");
  const things = useMemo(() => {
    const words = sought.trim().toLowerCase();
    return [...view.nodes]
      .map((id) => network.nodes.get(id)!)
      .filter((node) => !words || node.label.toLowerCase().includes(words) || kindWord(node.kind).toLowerCase().includes(words))
      .sort((a, b) => (view.degrees.get(b.id) ?? 0) - (view.degrees.get(a.id) ?? 0) || a.label.localeCompare(b.label) || a.id.localeCompare(b.id));
  }, [network, view, sought]);

  function keys(event: KeyboardEvent): void {
    const rows = [...(event.currentTarget as HTMLElement).querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0) return;
    if (event.key.toLowerCase() === "e") expand(things[at]!.id);
    else if (event.key.toLowerCase() === "x") {
      const next = new Set(many);
      if (!next.delete(things[at]!.id)) next.add(things[at]!.id);
      choose(next);
    }
    else if (step !== undefined) rows[at + step]?.focus();
    else return;
    event.preventDefault();
  }

  return (
    <section class="things" aria-label="List">
      <h2 id="things">{count(view.nodes.size, "thing")} shown</h2>
      <label for="within" class="hidden">Find among what is shown</label>
      <input id="within" type="search" placeholder="Find among them" value={sought} autocomplete="off" spellcheck={false} onInput={(event) => setSought(event.currentTarget.value)} />
      <p class="hint small">Most ties first. <kbd>↓</kbd> <kbd>↑</kbd> go through, <kbd>Enter</kbd> chooses, <kbd>E</kbd> expands, <kbd>X</kbd> chooses several.</p>
      <ol class="plain" aria-labelledby="things" onKeyDown={keys} data-testid="things">
        {things.slice(0, MOST).map((node) => (
          <li key={node.id}>
            <button type="button" aria-pressed={node.id === selected} onClick={() => select(node.id)}>
              <Icon kind={node.kind} /><span class="hidden">{kindWord(node.kind)} </span><bdi>{node.label}</bdi>{network.notes.has(node.id) && <span title={network.notes.get(node.id)}>✎<span class="hidden"> noted</span></span>}{many.has(node.id) && <span class="tag">chosen</span>}<span class="n">{view.degrees.get(node.id) ?? 0}</span>
            </button>
          </li>
        ))}
      </ol>
      {things.length > MOST && <p class="muted small">and {things.length - MOST} more: find among them</p>}
    </section>
  );
}
