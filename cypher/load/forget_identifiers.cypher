// Take the identifiers of these records away before they are said again.
// params: ids: list<string>
// returns: records: int
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (r:Record {id: id})-[h:HAS]->(:Identifier)
DELETE h
RETURN count(DISTINCT r) AS records
