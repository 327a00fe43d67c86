// How many rows wait for their links.
// params:
// returns: rows: int
// mode: internal
MATCH (w:Unlinked) RETURN count(*) AS rows
