// Take the one writer's lock until the transaction ends.
// params:
// returns: seq: int
// mode: write
MATCH (i:Installation) SET i.lock = true RETURN i.seq AS seq
