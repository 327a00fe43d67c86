// Analysts' decisions that stand about these records.
// params: ids: list<string>
// returns: a: string, b: string, verdict: string, mk: int
// mode: internal
UNWIND $ids AS id
MATCH (d:Decision {a: id})
WHERE d.retracted_at IS NULL AND d.verdict IN ['SAME_AS', 'DIFFERENT_FROM']
RETURN d.a AS a, d.b AS b, d.verdict AS verdict, d.mk AS mk
