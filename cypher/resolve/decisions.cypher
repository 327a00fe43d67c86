// Analysts' decisions that stand, and those that are kept of an older model.
// params:
// returns: a: string, b: string, verdict: string, mk: int, basis: string
// mode: internal
MATCH (d:Decision)
WHERE d.retracted_at IS NULL AND d.verdict IN ['SAME_AS', 'DIFFERENT_FROM']
RETURN d.a AS a, d.b AS b, d.verdict AS verdict, d.mk AS mk, d.basis AS basis
