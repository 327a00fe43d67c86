// The kinds of records whose entities are not settled, or not by evidence, and how many there are.
// params:
// returns: kind: string, unplaced: int, unresolved: int
// mode: internal
CALL () {
  MATCH (r:Unplaced) RETURN r.kind AS kind, 1 AS unplaced, 0 AS unresolved
  UNION ALL
  MATCH (r:Unresolved) RETURN r.kind AS kind, 0 AS unplaced, 1 AS unresolved
}
RETURN kind, sum(unplaced) AS unplaced, sum(unresolved) AS unresolved
