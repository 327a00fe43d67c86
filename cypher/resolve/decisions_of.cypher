// Analysts' decisions that stand, and those that are kept of an older model about these records.
// params: ids: list<string>
// returns: id: string, a: string, b: string, verdict: string, mk: int, basis: string
// mode: internal
UNWIND $ids AS id
MATCH (d:Decision {a: id})
WHERE d.retracted_at IS NULL AND d.verdict IN ['SAME_AS', 'DIFFERENT_FROM']
RETURN d.id AS id, d.a AS a, d.b AS b, d.verdict AS verdict, d.mk AS mk, d.basis AS basis
