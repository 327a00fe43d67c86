// How many of these visible things have each value of some properties; null where they have none.
// params: ids: list, names: list, allowed: list
// returns: name: string, value: string, count: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
UNWIND $names AS name
RETURN name, n[name] AS value, count(*) AS count
ORDER BY name, count DESC, value
