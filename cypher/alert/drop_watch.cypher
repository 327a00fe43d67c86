// A watch is given up, and what was acknowledged of it forgotten.
// params: id: string
// returns: watches: int
// mode: write
// allows: Eager
MATCH (w:Watch {id: $id})
CALL (w) {
  MATCH (a:Acknowledged {watch: w.id})
  DELETE a
}
DELETE w
RETURN count(*) AS watches
