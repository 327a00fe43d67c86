// The live rows of a file entry that have a stamp, batch by batch; dates that are not there are as far away as can be.
// params: source: int, file: string
// returns: ids: list<string>, slots: list<string>, stamps: list<string>, first: list<int>, last: list<int>, full: list<int>, marks: list<int>
// mode: internal
MATCH (b:Batch)
WHERE b.source = $source AND b.file = $file
CALL (b) {
  MATCH (w:Row {seq: b.seq})
  WHERE w.live AND w.stamp IS NOT NULL
  RETURN collect(w.id) AS ids, collect(w.slot) AS slots, collect(w.stamp) AS stamps,
         collect(coalesce(w.first_as_of, 4611686018427387904)) AS first,
         collect(coalesce(w.last_as_of, -4611686018427387904)) AS last,
         collect(coalesce(w.last_full, -4611686018427387904)) AS full, collect(w.mk) AS marks
}
WITH ids, slots, stamps, first, last, full, marks
WHERE size(ids) > 0
RETURN ids, slots, stamps, first, last, full, marks
