// The checkpoint and place in the change feed of a batch, written last under the writer's lock.
// params: source: int, file: string, delivery: string, line: int, rows: int, at: int
// returns: seq: int
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.seq = i.seq + 1
CREATE (b:Batch {seq: i.seq, source: $source, file: $file, delivery: $delivery, line: $line, rows: $rows, at: $at})
RETURN b.seq AS seq
