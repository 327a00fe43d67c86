// How many write transactions there were, and the number of the last batch.
// params:
// returns: changes: int, seq: int
// mode: internal
MATCH (i:Installation)
RETURN coalesce(i.changes, 0) AS changes, i.seq AS seq
