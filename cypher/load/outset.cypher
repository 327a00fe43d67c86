// Take the one writer's lock for messages of a file entry, and tell whoever watches that something changes: its full deliveries, and the numbers of markings as they are now.
// params: source: int, file: string
// returns: seq: int, fulls: list<int>, markings: list<list>
// mode: write
MATCH (i:Installation)
SET i.changes = coalesce(i.changes, 0) + 1
RETURN i.seq AS seq,
       COLLECT { MATCH (f:Full {source: $source, file: $file}) UNWIND f.dates AS date RETURN date } AS fulls,
       COLLECT { MATCH (m:Marking) RETURN [m.mk, m.text] } AS markings
