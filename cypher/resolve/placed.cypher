// The entities of these records are settled, by evidence or only for now: each takes the one that is named, if any.
// Links that wait for a record are made again, but a made record that is dead wakes nobody: the rows that ask for it
// would have it made again, without end.
// params: records: list<map>, resolved: bool
// returns: rows: int
// mode: write
UNWIND $records AS record
MATCH (r:Record {id: record.id})
REMOVE r:Unplaced
FOREACH (_ IN CASE WHEN $resolved THEN [1] ELSE [] END | REMOVE r:Unresolved, r.k_before)
FOREACH (_ IN CASE WHEN $resolved THEN [] ELSE [1] END | SET r:Unresolved)
WITH r, record
CALL (r, record) {
  MATCH (e:Entity {id: record.entity})
  CREATE (r)-[:RESOLVES_TO]->(e)
}
WITH r WHERE r.live OR NOT r:Made
CALL (r) {
  MATCH (:Awaited {id: r.id})<-[:AWAITS]-(w:Row) RETURN w
  UNION MATCH (r)-[:HAS]->(i:Identifier) MATCH (:Awaited {id: i.id})<-[:AWAITS]-(w:Row) RETURN w
}
SET w:Unlinked
RETURN count(*) AS rows
