// Bare records among these that are dead are gone.
// params: ids: list<string>
// returns: records: int
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (r:Record {id: id})
WHERE r:Made
DETACH DELETE r
RETURN count(*) AS records
