// What deliveries did, by source and marking.
// params:
// returns: properties: map
// mode: internal
MATCH (s:SourceStatus)
RETURN properties(s) AS properties
