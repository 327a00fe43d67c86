// What is kept of older models: their words that stand.
// params:
// returns: id: string, a: string, b: string
// mode: internal
MATCH (d:Decision)
WHERE d.retracted_at IS NULL AND d.basis = 'MODEL'
RETURN d.id AS id, d.a AS a, d.b AS b
