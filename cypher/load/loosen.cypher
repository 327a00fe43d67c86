// Bare records among these, whose links were taken away, are to be looked at.
// params: ids: list<string>
// returns: records: int
// mode: write
UNWIND $ids AS id
MATCH (r:Record {id: id})
WHERE r:Made
SET r:Loose
RETURN count(*) AS records
