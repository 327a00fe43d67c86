// How much waits: records for their entities, by kind, rows for their links, made records for a look; and what settling it takes to know.
// params: by_evidence: bool
// returns: kinds: list<list>, unplaced: int, unresolved: int, rows: int, made: int, records: int, again: list<string>, priorities: list<list>, model: string, former: list<string>
// mode: internal
MATCH (i:Installation)
RETURN COLLECT {
  CALL () {
    MATCH (r:Unplaced) RETURN r
    UNION WITH $by_evidence AS asked WHERE asked MATCH (r:Unresolved) RETURN r
  }
  WITH r.kind AS kind, count(*) AS waiting
  RETURN [kind, waiting]
} AS kinds,
COUNT { MATCH (:Unplaced) } AS unplaced,
COUNT { MATCH (:Unresolved) } AS unresolved,
COUNT { MATCH (:Unlinked) } AS rows,
COUNT { MATCH (:Loose) } AS made,
COUNT { MATCH (:Record) } AS records,
coalesce(i.resolving, []) AS again,
COLLECT { MATCH (s:Source) RETURN [s.n, s.priority] } AS priorities,
i.model AS model,
coalesce(i.former, []) AS former
