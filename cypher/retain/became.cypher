// The places of erased rows were taken by others.
// params: rows: list<map>
// returns: rows: int
// mode: write
UNWIND $rows AS row
MATCH (t:Tombstone {id: row.id})
SET t.became = row.became
RETURN count(*) AS rows
