// Every watch.
// params:
// returns: properties: map
// mode: internal
MATCH (w:Watch)
RETURN properties(w) AS properties
