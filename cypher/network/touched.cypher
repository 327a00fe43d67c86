// Put on record which things, or links of which, this transaction changes; of what was long ago nothing is kept.
// params: ids: list<string>, kept: int
// returns: touched: int
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.life = coalesce(i.life, randomUUID()), i.touched = coalesce(i.touched, 0) + 1
CREATE (:Touched {n: i.touched, ids: $ids})
WITH i
OPTIONAL MATCH (old:Touched)
WHERE old.n <= i.touched - $kept
WITH i, collect(old) AS gone
FOREACH (old IN gone | DELETE old)
RETURN i.touched AS touched
