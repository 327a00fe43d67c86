// Rows that name somebody by a phone, e-mail address or vehicle whose users changed: their links are made again.
// params: ids: list<string>
// returns: rows: int
// mode: write
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WITH 'by:' + coalesce(e.value, e.vrm) AS awaited
MATCH (:Awaited {id: awaited})<-[:AWAITS]-(w:Row)
SET w:Unlinked
RETURN count(DISTINCT w) AS rows
