// Take the writer's lock, so that all that came before is there, and note that somebody begins to watch in this second.
// params: now: int
// returns: seq: int
// mode: write
MATCH (i:Installation)
SET i.changes = coalesce(i.changes, 0) + 1, i.watched = CASE WHEN i.watched > $now THEN i.watched ELSE $now END
RETURN i.seq AS seq
