// An analyst's word is written down; the two records that it is about wait until it is heeded.
// params: decision: map
// returns: records: int
// mode: write
// allows: Eager
CREATE (d:Decision) SET d = $decision
WITH d
UNWIND [d.a, d.b] AS id
MATCH (r:Record {id: id})
SET r:Unplaced
RETURN count(r) AS records
