// Values among these that nothing is linked to, and that no row waits to link, are gone.
// params: ids: list<string>
// returns: id: string
// mode: write
// allows: Eager
CALL () {
  MATCH (:Awaited)<-[:AWAITS]-(w:Row)
  WITH DISTINCT w.links AS links
  UNWIND split(links, '"') AS word
  WITH word
  WHERE word IN $ids
  RETURN collect(DISTINCT word) AS awaited
}
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e.value IS NOT NULL AND NOT EXISTS { (e)--() } AND NOT id IN awaited
DELETE e
RETURN id
