// Every review that stands.
// params:
// returns: properties: map
// mode: internal
MATCH (v:Review)
WHERE v.withdrawn_at IS NULL
RETURN properties(v) AS properties
