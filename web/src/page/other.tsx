// What is known of anything else: an address, a phone, an officer, a marker.

import { useAsk } from "../part/ask";
import { Golden } from "../part/golden";
import { Icon } from "../part/icon";
import { Nothing, Trouble, Waiting } from "../part/notice";
import { Statements, type Stated } from "../part/statement";
import { Markings } from "../part/thing";
import { happens, to } from "../route";
import { endWord, count, kindWord, kindWords, linkWord } from "../words";

export function Other({ id }: { id: string }) {
  const { data, fault, loading, again } = useAsk("explorer/thing", id ? { id } : null);
  const trouble = fault && <Trouble fault={fault} again={again} />;
  if (!data && (trouble || loading)) return trouble ?? <Waiting what="Reading" />;
  const thing = data?.entity;
  if (!thing) return <Nothing heading="Nothing by that id" />;
  const links: Stated[] = thing.links.edges.map(({ node }) => {
    const end = node.from.id === thing.id ? node.to : node.from;
    return { ...node, to: end, role: node.role ?? (end === node.from ? endWord(node.type) : linkWord(node.type)) };
  });
  // Who and what before what happened.
  const kinds = [...new Set(links.map((link) => link.to.kind))].sort((a, b) => Number(happens(a)) - Number(happens(b)) || a.localeCompare(b));
  return (
    <article class="profile">
      {trouble}
      <header class="head">
        <p class="kicker"><Icon kind={thing.kind} /> {kindWord(thing.kind)} <Markings texts={thing.markings} always /></p>
        <h1><bdi>{thing.label}</bdi></h1>
        <p class="lede"><span>{count(thing.degree, "link")} that you may see</span></p>
        <nav class="jump" aria-label="What to do with this"><a class="button" href={to("network", id)}>Open the network</a></nav>
      </header>
      <div class="spread">
          {kinds.map((kind) => <Statements key={kind} title={kindWords(kind)} links={links.filter((link) => link.to.kind === kind)} none="" />)}
          {kinds.length === 0 && <p class="muted">Nothing is linked to it, as far as you may see.</p>}
        {thing.golden.length > 0 && <Golden id={thing.id} values={thing.golden} />}
      </div>
      {thing.links.pageInfo.hasNextPage && <p class="muted">The newest {links.length} statements are shown; the network has the rest.</p>}
    </article>
  );
}
