// Every batch.
// params:
// returns: properties: map
// mode: internal
MATCH (b:Batch)
RETURN properties(b) AS properties
