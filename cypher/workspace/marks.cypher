// The markings of the visible links among these things.
// params: ids: list, allowed: list
// returns: mk: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO|SAME_IDENTITY]->(m:Entity)
WHERE r.mk IN $allowed AND m.id IN $ids
RETURN DISTINCT r.mk AS mk
ORDER BY mk
