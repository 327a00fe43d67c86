// What these records are found by is what this version makes of them.
// params: pairs: list<map>
// returns: records: int
// mode: write
// allows: Eager
UNWIND $pairs AS pair
MATCH (r:Record {id: pair.id})
SET r += pair.keys
RETURN count(*) AS records
