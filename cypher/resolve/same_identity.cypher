// The ties across compartments between entities of a kind.
// params: kind: string
// returns: from: string, to: string, mk: int, weight: float
// mode: internal
MATCH (a:Entity {kind: $kind})-[l:SAME_IDENTITY]->(b:Entity)
RETURN a.id AS from, b.id AS to, l.mk AS mk, l.weight AS weight
