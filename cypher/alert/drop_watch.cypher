// A watch is given up, and what was acknowledged and delivered of it forgotten.
// params: id: string
// returns: watches: int
// mode: write
// allows: Eager
MATCH (w:Watch {id: $id})
CALL (w) {
  MATCH (a:Acknowledged {watch: w.id})
  DELETE a
}
CALL (w) {
  MATCH (d:Delivery {watch: w.id})
  DELETE d
}
DELETE w
RETURN count(*) AS watches
