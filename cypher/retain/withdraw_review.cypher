// A review stands no more.
// params: id: string, at: int, by: string
// returns: id: string
// mode: write
// allows: Eager
MATCH (v:Review {id: $id})
WHERE v.withdrawn_at IS NULL
SET v.withdrawn_at = $at, v.withdrawn_by = $by
RETURN v.id AS id
