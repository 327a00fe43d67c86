// What a delivery did, for each marking.
// params: rows: list<map>
// returns: rows: int
// mode: write
UNWIND $rows AS row
MERGE (s:SourceStatus {source: row.source, mk: row.mk})
SET s.rejected = coalesce(s.rejected, 0) + row.rejected, s.last_loaded_at = row.at
RETURN count(*) AS rows
