// The checkpoint and place in the change feed of a batch, written last under the writer's lock; its time is after the second in which somebody began to watch last.
// params: batch: map
// returns: seq: int
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.seq = i.seq + 1
CREATE (b:Batch)
SET b = $batch, b.seq = i.seq, b.at = CASE WHEN i.watched >= $batch.at THEN i.watched + 1 ELSE $batch.at END
RETURN b.seq AS seq
