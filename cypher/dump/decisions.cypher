// Every decision of an analyst.
// params:
// returns: properties: map
// mode: internal
MATCH (d:Decision)
RETURN properties(d) AS properties
