// Rows whose links are to be made or taken back; `retracted_at`: when the row that replaced it was first true.
// params: limit: int
// returns: id: string, mk: int, source: int, live: bool, linked: bool, links: string, bound: list<string>, first_as_of: int, retracted_at: int
// mode: write
MATCH (w:Unlinked)
WITH w LIMIT $limit
OPTIONAL MATCH (newer:Row {slot: w.slot}) WHERE newer.live AND NOT w.live
RETURN w.id AS id, w.mk AS mk, w.source AS source, w.live AS live, coalesce(w.linked, false) AS linked, w.links AS links,
       w.bound AS bound, w.first_as_of AS first_as_of, newer.first_as_of AS retracted_at
