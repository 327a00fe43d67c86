// How many visible links each source has.
// params: allowed: list
// returns: source: int, count: int
// mode: read
MATCH (:Entity)-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO]->(:Entity)
WHERE r.mk IN $allowed
RETURN r.source AS source, count(r) AS count
