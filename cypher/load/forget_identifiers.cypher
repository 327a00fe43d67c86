// Take the identifiers of these records away before they are said again; rows whose links wait for them are linked again.
// params: ids: list<string>
// returns: identifiers: int
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (r:Record {id: id})-[h:HAS]->(i:Identifier)
CALL (i) {
  MATCH (:Awaited {id: i.id})<-[:AWAITS]-(w:Row)
  SET w:Unlinked
}
DELETE h
RETURN count(*) AS identifiers
