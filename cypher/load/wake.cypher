// Rows whose links wait for one of these ids: their links are made again.
// params: ids: list<string>
// returns: rows: int
// mode: write
UNWIND $ids AS id
MATCH (:Awaited {id: id})<-[:AWAITS]-(w:Row)
SET w:Unlinked
RETURN count(DISTINCT w) AS rows
