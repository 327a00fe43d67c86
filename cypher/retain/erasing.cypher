// Rows that are to be erased, and what their links named.
// params: limit: int
// returns: row: string, links: string
// mode: internal
MATCH (w:Erasing)
WITH w LIMIT $limit
RETURN w.id AS row, w.erasing AS links
