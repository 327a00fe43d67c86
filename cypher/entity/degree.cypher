// How many visible links each entity has.
// params: ids: list, allowed: list
// returns: id: string, degree: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN id, COUNT { (n)-[r:!WAS]-() WHERE r.mk IN $allowed } AS degree
