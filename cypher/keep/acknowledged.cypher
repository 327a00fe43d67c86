// What was acknowledged.
// params:
// returns: properties: map
// mode: internal
MATCH (a:Acknowledged)
RETURN properties(a) AS properties
