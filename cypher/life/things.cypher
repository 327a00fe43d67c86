// The phones and vehicles that these nodes visibly use, keep or drive, each with when the last of them ceased to; $never where one has not.
// params: ids: list, kinds: list, never: int, allowed: list
// returns: id: string, until: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:USES|KEEPS|DRIVES]->(t:Entity)
WHERE r.mk IN $allowed AND t.kind IN $kinds
RETURN t.id AS id, max(coalesce(r.valid_to, $never)) AS until
ORDER BY id
