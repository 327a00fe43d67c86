// Some live records of a source that were settled wait to be settled again, because what it says counts otherwise now.
// params: source: int, kinds: list<string>, limit: int
// returns: count: int
// mode: write
MATCH (r:Record {source: $source})
WHERE r.live AND r.kind IN $kinds AND NOT r:Unplaced
WITH r LIMIT $limit
SET r:Unplaced
RETURN count(*) AS count
