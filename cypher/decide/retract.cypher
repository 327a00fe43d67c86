// A word is taken back, and stays to be read; the two records that it was about wait until that is heeded. Its time is as that of a word.
// params: id: string, at: int, by: string, reason: string
// returns: records: int
// mode: write
// allows: Eager
MATCH (i:Installation)
MATCH (d:Decision {id: $id})
SET d.retracted_at = CASE WHEN i.watched >= $at THEN i.watched + 1 ELSE $at END, d.retracted_by = $by, d.retracted_reason = $reason
WITH d
UNWIND [d.a, d.b] AS id
MATCH (r:Record {id: id})
SET r:Unplaced
RETURN count(r) AS records
