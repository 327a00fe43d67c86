// The people and organisations who visibly live in an area, or had a part in what happened there in a span; no more than a number of them.
// params: area: string, since: int, until: int, most: int, allowed: list
// returns: id: string
// mode: read
MATCH (area:Entity {id: $area}) (()<-[i:IN WHERE i.mk IN $allowed]-()){0,3} (l:Entity)
WITH DISTINCT l
CALL (l) {
  MATCH (l)<-[r:LIVES_AT]-(p:Person|Organisation)
  WHERE r.mk IN $allowed
  RETURN p
  UNION
  MATCH (l)<-[o:OCCURRED_AT]-(e:Event)<-[r:INVOLVED_IN]-(p:Person|Organisation)
  WHERE o.mk IN $allowed AND r.mk IN $allowed
    AND ($since IS NULL OR e.at IS NULL OR e.at >= $since) AND ($until IS NULL OR e.at IS NULL OR e.at <= $until)
  RETURN p
}
WITH DISTINCT p
LIMIT $most
RETURN p.id AS id
