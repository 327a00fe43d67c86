// Where the graph stands: its changes, its last batch, what was erased, and when the batch that was the last one at the look before was written.
// params: before: int
// returns: changes: int, seq: int, erased: int, written: int
// mode: internal
MATCH (i:Installation)
RETURN coalesce(i.changes, 0) AS changes, i.seq AS seq, COUNT { (:Tombstone) } AS erased,
  head(COLLECT { MATCH (b:Batch {seq: $before}) RETURN b.at }) AS written
