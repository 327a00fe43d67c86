// What the people concerned say against records about them: to be read beside what is known.
interface Dispute {
  id: string;
  sentence: string;
  statement: string | null;
  record: { source: { name: string } } | null;
}

export function Disputes({ disputes }: { disputes: readonly Dispute[] }) {
  if (disputes.length === 0) return null;
  return (
    <section class="card">
      <h2>Said against it</h2>
      <ul class="plain">
        {disputes.map((each) => (
          <li key={each.id}>
            <bdi>{each.sentence}</bdi> <span class="muted">{each.record?.source.name}</span>
            {each.statement && <p class="small">Their own words: <bdi>{each.statement}</bdi></p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
