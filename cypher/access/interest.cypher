// A subject as whoever holds it may see it: each entity of it, through visible ties across compartments, with visible records and all markings.
// params: id: string, allowed: list
// returns: id: string, mk: int, records: list<string>, mks: list<int>
// mode: read
MATCH (e:Entity {id: $id})
WHERE e.mk IN $allowed
CALL (e) {
  RETURN e AS x
  UNION
  MATCH (e)-[same:SAME_IDENTITY]-(x:Entity)
  WHERE same.mk IN $allowed AND x.mk IN $allowed
  RETURN x
}
WITH x, [(x)<-[:RESOLVES_TO]-(r:Record) WHERE r.mk IN $allowed | r] AS found
RETURN x.id AS id, x.mk AS mk, [r IN found | r.id] AS records, [r IN found | r.mk] AS mks
ORDER BY id
