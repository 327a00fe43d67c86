// What is gone is watched no more; a watch of nothing else, or of an area that is gone, goes with all that was told of it. The name of one that stays, which may tell of what is gone, is another.
// params: ids: list<string>, name: string
// returns: watches: int
// mode: write
// allows: Eager
MATCH (w:Watch)
WHERE any(id IN coalesce(w.ids, []) WHERE id IN $ids) OR w.area IN $ids
SET w.ids = [id IN w.ids WHERE NOT id IN $ids], w.name = $name
WITH w
WHERE w.area IN $ids OR w.ids = []
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
