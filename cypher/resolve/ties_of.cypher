// The ties of these entities across compartments.
// params: ids: list<string>
// returns: from: string, to: string, mk: int, weight: float
// mode: internal
UNWIND $ids AS id
MATCH (:Entity {id: id})-[l:SAME_IDENTITY]-(:Entity)
WITH DISTINCT l
RETURN startNode(l).id AS from, endNode(l).id AS to, l.mk AS mk, l.weight AS weight
