// The checkpoint and place in the change feed of a batch, written last under the writer's lock.
// params: batch: map
// returns: seq: int
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.seq = i.seq + 1
CREATE (b:Batch)
SET b = $batch, b.seq = i.seq
RETURN b.seq AS seq
