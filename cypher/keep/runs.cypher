// Every load on record.
// params:
// returns: properties: map
// mode: internal
MATCH (r:Run)
RETURN properties(r) AS properties
