// Rows whose links are to be made or taken back.
// params: limit: int
// returns: id: string, mk: int, source: int, live: bool, linked: bool, links: string, bound: list<string>, first_as_of: int, until: int
// mode: internal
MATCH (w:Unlinked)
WITH w LIMIT $limit
RETURN w.id AS id, w.mk AS mk, w.source AS source, w.live AS live, coalesce(w.linked, false) AS linked, w.links AS links,
       w.bound AS bound, w.first_as_of AS first_as_of, w.until AS until
