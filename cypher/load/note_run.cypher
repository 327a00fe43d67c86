// How far a load has come; `mk` is at or above the markings of all rows it has met.
// params: id: string, mk: int, progress: string
// returns: id: string
// mode: write
MATCH (r:Run {id: $id})
SET r.mk = $mk, r.progress = $progress
RETURN r.id AS id
