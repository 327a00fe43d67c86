// Take the one writer's lock for messages of a file entry: its full deliveries, and the numbers of markings as they are now.
// params: source: int, file: string
// returns: seq: int, fulls: list<int>, markings: list<list>
// mode: write
MATCH (i:Installation)
SET i.lock = true
RETURN i.seq AS seq,
       COLLECT { MATCH (f:Full {source: $source, file: $file}) UNWIND f.dates AS date RETURN date } AS fulls,
       COLLECT { MATCH (m:Marking) RETURN [m.mk, m.text] } AS markings
