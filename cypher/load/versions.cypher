// The known contents of the rows that these are contents of.
// params: ids: list<string>
// returns: slot: string, id: string, hash: string, first_as_of: int, last_as_of: int, last_full: int, live: bool, until: int, stamp: string
// mode: internal
UNWIND $ids AS id
MATCH (o:Row {id: id})
WITH DISTINCT o.slot AS slot
MATCH (w:Row {slot: slot})
RETURN w.slot AS slot, w.id AS id, w.hash AS hash, w.first_as_of AS first_as_of, w.last_as_of AS last_as_of, w.last_full AS last_full,
       w.live AS live, w.until AS until, w.stamp AS stamp
