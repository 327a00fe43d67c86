// What was delivered, or is to be.
// params:
// returns: properties: map
// mode: internal
MATCH (d:Delivery)
RETURN properties(d) AS properties
