// Loads of these sources that never ended and are not gone on with are noted as cut short.
// params: sources: list<string>, but: string
// returns: id: string
// mode: write
// allows: Eager
MATCH (r:Run {state: 'RUNNING'})
WHERE any(source IN r.sources WHERE source IN $sources) AND r.id <> $but
SET r.state = 'CUT_SHORT'
RETURN r.id AS id
