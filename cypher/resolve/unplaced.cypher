// The kinds of records whose entities are not settled, and how many there are.
// params:
// returns: kind: string, records: int
// mode: internal
MATCH (r:Unplaced) RETURN r.kind AS kind, count(*) AS records
