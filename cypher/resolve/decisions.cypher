// Analysts' decisions that stand.
// params:
// returns: a: string, b: string, verdict: string, mk: int
// mode: internal
MATCH (d:Decision)
WHERE d.retracted_at IS NULL
RETURN d.a AS a, d.b AS b, d.verdict AS verdict, d.mk AS mk
