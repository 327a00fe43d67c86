// When full deliveries of each file entry were made.
// params:
// returns: properties: map
// mode: internal
MATCH (f:Full)
RETURN properties(f) AS properties
