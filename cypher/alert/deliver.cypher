// The alerts of a watch are delivered, or no more; then what waits of it is forgotten.
// params: id: string, told: map
// returns: watches: int
// mode: write
// allows: Eager
MATCH (w:Watch {id: $id})
SET w += $told
WITH w
CALL (w) {
  MATCH (d:Delivery {watch: w.id})
  WHERE d.state = 'WAITING' AND w.webhook IS NULL
  DELETE d
}
RETURN count(*) AS watches
