// All records of a kind are settled by evidence.
// params: kind: string
// returns: records: int
// mode: write
MATCH (r:Unresolved)
WHERE r.kind = $kind
REMOVE r:Unresolved
RETURN count(*) AS records
