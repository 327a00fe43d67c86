// Take the one writer's lock until the transaction ends, and tell whoever watches that something changes.
// params:
// returns: seq: int
// mode: write
MATCH (i:Installation) SET i.changes = coalesce(i.changes, 0) + 1 RETURN i.seq AS seq
