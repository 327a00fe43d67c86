// The ties of these entities across compartments, and the pairs that may be one of which one is among these records.
// params: ids: list<string>, entities: list<string>
// returns: ties: list<map>, possible: list<map>
// mode: internal
RETURN COLLECT {
  UNWIND $entities AS id
  MATCH (:Entity {id: id})-[l:SAME_IDENTITY]-(:Entity)
  WITH DISTINCT l
  RETURN {from: startNode(l).id, to: endNode(l).id, mk: l.mk, weight: l.weight}
} AS ties, COLLECT {
  UNWIND $ids AS id
  MATCH (:Record {id: id})-[p:POSSIBLY_SAME]-(:Record)
  WITH DISTINCT p
  RETURN {a: startNode(p).id, b: endNode(p).id, bits: p.bits, model: p.model}
} AS possible
