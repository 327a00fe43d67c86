// Records leave their entities.
// params: ids: list<string>
// returns: records: int
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (r:Record {id: id})-[t:RESOLVES_TO]->(:Entity)
DELETE t
RETURN count(*) AS records
