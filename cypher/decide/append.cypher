// An analyst's word is written down; the two records that it is about wait until it is heeded. Its time is after the second in which somebody began to watch last.
// params: decision: map
// returns: records: int
// mode: write
// allows: Eager
MATCH (i:Installation)
CREATE (d:Decision)
SET d = $decision, d.at = CASE WHEN i.watched >= $decision.at THEN i.watched + 1 ELSE $decision.at END
WITH d
UNWIND [d.a, d.b] AS id
MATCH (r:Record {id: id})
SET r:Unplaced
RETURN count(r) AS records
