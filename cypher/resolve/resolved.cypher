// All records of a kind are settled by evidence.
// params: kind: string
// returns: kinds: list<string>
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.resolving = [kind IN coalesce(i.resolving, []) WHERE kind <> $kind]
WITH i
CALL () {
  MATCH (r:Unresolved) WHERE r.kind = $kind
  REMOVE r:Unresolved, r.k_before
}
RETURN i.resolving AS kinds
