// Every review of how long something is kept.
// params:
// returns: properties: map
// mode: internal
MATCH (n:Review)
RETURN properties(n) AS properties
