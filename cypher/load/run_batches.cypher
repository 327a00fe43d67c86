// What a load has written already, batch by batch.
// params: run: string
// returns: source: int, delivery: string, chunk: int, more: bool, loaded: int, unchanged: int, stale: list<string>
// mode: internal
MATCH (b:Batch {run: $run})
RETURN b.source AS source, b.delivery AS delivery, b.chunk AS chunk, coalesce(b.more, false) AS more, b.loaded AS loaded, b.unchanged AS unchanged, b.stale AS stale
