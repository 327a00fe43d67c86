// A source's local number; its name, owner and priority as its mapping says.
// params: id: string, name: string, owner: string, priority: int
// returns: n: int
// mode: write
// allows: Eager
MATCH (i:Installation) SET i.lock = true
WITH i
MERGE (s:Source {id: $id})
ON CREATE SET s.n = i.sources, i.sources = i.sources + 1
SET s.name = $name, s.owner = $owner, s.priority = $priority
RETURN s.n AS n
