// How many rows a file entry has brought, in how many batches, as far as that many batches.
// params: source: int, file: string, most: int
// returns: rows: int, batches: int
// mode: internal
MATCH (b:Batch)
WHERE b.source = $source AND b.file = $file
WITH b LIMIT $most
RETURN sum(b.loaded) AS rows, count(b) AS batches
