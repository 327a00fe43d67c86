// Records and things among these of which no row speaks any more are gone, with the words, reviews and disputes about them; a tombstone stays.
// params: ids: list<string>, now: int
// returns: id: string
// mode: write
// allows: Eager
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Record {id: id}) WHERE NOT n:Made RETURN n
  UNION MATCH (n:Entity {id: id}) RETURN n
  UNION MATCH (n:Retired {id: id}) RETURN n
}
WITH id, n
WHERE NOT EXISTS { (n)<-[:SAYS]-(:Row) }
CALL (id) {
  CALL (id) {
    MATCH (d:Decision {a: id}) RETURN d
    UNION MATCH (d:Decision {b: id}) RETURN d
    UNION MATCH (d:Review {record: id}) RETURN d
    UNION MATCH (d:Dispute {record: 'r_' + substring(id, 2)}) RETURN d
    UNION MATCH (d:Dispute {other: 'r_' + substring(id, 2)}) RETURN d
  }
  DETACH DELETE d
}
DETACH DELETE n
MERGE (t:Tombstone {id: id})
ON CREATE SET t.at = $now
RETURN id
