// The pairs that may be one of which one is among these records.
// params: ids: list<string>
// returns: a: string, b: string, bits: float
// mode: internal
UNWIND $ids AS id
MATCH (:Record {id: id})-[p:POSSIBLY_SAME]-(:Record)
WITH DISTINCT p
RETURN startNode(p).id AS a, endNode(p).id AS b, p.bits AS bits
