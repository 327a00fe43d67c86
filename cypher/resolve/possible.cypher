// The pairs of records of a kind that may be one.
// params: kind: string
// returns: a: string, b: string, bits: float, model: string
// mode: internal
MATCH (a:Record {kind: $kind})-[p:POSSIBLY_SAME]->(b:Record)
RETURN a.id AS a, b.id AS b, p.bits AS bits, p.model AS model
