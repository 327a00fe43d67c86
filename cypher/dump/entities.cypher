// Every entity.
// params:
// returns: properties: map, labels: list<string>
// mode: internal
MATCH (e:Entity)
RETURN properties(e) AS properties, labels(e) AS labels
