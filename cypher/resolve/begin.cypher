// A kind is being resolved as a whole from now on.
// params: kind: string
// returns: kinds: list<string>
// mode: write
MATCH (i:Installation)
SET i.resolving = [kind IN coalesce(i.resolving, []) WHERE kind <> $kind] + $kind
RETURN i.resolving AS kinds
