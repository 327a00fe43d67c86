// Rows are to be erased: they say nothing any more, wait for nothing, and a tombstone keeps them from coming back.
// The links that they had are taken away; returned are the ends of those.
// params: rows: list<string>, now: int, seq: int
// returns: row: string, a: string, b: string, target: string, type: string
// mode: write
// allows: Eager
UNWIND $rows AS id
MATCH (w:Row {id: id})
SET w.erasing = coalesce(w.erasing, w.links), w.links = '[]', w.live = false, w.until = coalesce(w.until, $now), w.seq = $seq,
    w.stamp = null, w:Erasing
REMOVE w:Unlinked
MERGE (t:Tombstone {id: id})
ON CREATE SET t.at = $now
WITH w
CALL (w) {
  UNWIND coalesce(w.bound, []) AS start
  CALL (start) {
    MATCH (:Record {id: start})-[:RESOLVES_TO]->(e:Entity) RETURN e
    UNION MATCH (e:Entity {id: start}) RETURN e
    UNION MATCH (e:Retired {id: start}) RETURN e
  }
  MATCH (e)-[l]-()
  WHERE l.row = w.id
  WITH DISTINCT l
  WITH l, l.a AS a, l.b AS b, endNode(l).id AS target, type(l) AS type
  DELETE l
  RETURN a, b, target, type
}
RETURN w.id AS row, a, b, target, type
