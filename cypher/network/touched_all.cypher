// Put on record that this transaction may change anything; which things changed before is forgotten.
// params:
// returns: touched: int
// mode: write
// allows: Eager
MATCH (i:Installation)
SET i.life = coalesce(i.life, randomUUID()), i.touched = coalesce(i.touched, 0) + 1
WITH i
OPTIONAL MATCH (old:Touched)
WITH i, collect(old) AS gone
FOREACH (old IN gone | DELETE old)
RETURN i.touched AS touched
