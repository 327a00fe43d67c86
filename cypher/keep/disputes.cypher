// Everything that is said against records.
// params:
// returns: properties: map
// mode: internal
MATCH (n:Dispute)
RETURN properties(n) AS properties
