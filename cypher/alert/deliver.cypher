// The alerts of a watch are delivered, elsewhere too, or no more; what waits of it goes there, or is forgotten.
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
CALL (w) {
  MATCH (d:Delivery {watch: w.id})
  WHERE d.state = 'WAITING' AND d.webhook <> w.webhook
  SET d.webhook = w.webhook
}
RETURN count(*) AS watches
