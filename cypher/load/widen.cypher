// Live rows were seen again, `full` in a delivery of that date that holds all: wider dates, where nothing else follows; the others are returned.
// params: rows: list<map>, full: int, seq: int
// returns: id: string, slot: string
// mode: write
// allows: Eager
UNWIND $rows AS row
MATCH (w:Row {id: row.id})
WITH w, row, w.live AND (row.as_of IS NULL OR coalesce(row.as_of >= w.first_as_of, false)) AS later
FOREACH (each IN CASE WHEN later THEN [w] ELSE [] END |
  SET each.last_as_of = CASE WHEN row.as_of > each.last_as_of THEN row.as_of ELSE each.last_as_of END,
      each.last_full = CASE WHEN $full > coalesce(each.last_full, $full - 1) THEN $full ELSE each.last_full END,
      each.seq = $seq
)
WITH w, later
WHERE NOT later
RETURN w.id AS id, w.slot AS slot
