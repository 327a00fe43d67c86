// An area and all that visibly lies in it: places, addresses, postcodes, areas; no more than a number of them.
// params: area: string, most: int, allowed: list
// returns: id: string
// mode: read
MATCH (:Entity {id: $area}) (()<-[i:IN WHERE i.mk IN $allowed]-()){0,3} (l:Entity)
WITH DISTINCT l
LIMIT $most
RETURN l.id AS id
ORDER BY id
