// How much waits, off the count store: records for their entities, rows for their links, made records for a look.
// params:
// returns: what: string, count: int
// mode: internal
CALL () {
  MATCH (r:Unplaced) WITH count(r) AS count RETURN 'records' AS what, count
  UNION ALL MATCH (w:Unlinked) WITH count(w) AS count RETURN 'rows' AS what, count
  UNION ALL MATCH (m:Loose) WITH count(m) AS count RETURN 'made' AS what, count
}
RETURN what, count
