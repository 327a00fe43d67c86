// The kinds of records whose entities are not settled, or, by evidence, only for now; and how many there are.
// params: by_evidence: bool
// returns: kind: string, waiting: int, unresolved: int
// mode: internal
CALL () {
  MATCH (r:Unplaced) RETURN r
  UNION WITH $by_evidence AS asked WHERE asked MATCH (r:Unresolved) RETURN r
}
RETURN r.kind AS kind, count(*) AS waiting, sum(CASE WHEN r:Unresolved THEN 1 ELSE 0 END) AS unresolved
