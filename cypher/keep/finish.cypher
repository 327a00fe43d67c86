// The restored graph is whole: it goes on after the batch of its backup.
// params: seq: int
// returns: seq: int
// mode: write
MATCH (i:Installation)
SET i.seq = $seq
REMOVE i.restoring
RETURN i.seq AS seq
