// Every tombstone of what was erased.
// params:
// returns: properties: map
// mode: internal
MATCH (n:Tombstone)
RETURN properties(n) AS properties
