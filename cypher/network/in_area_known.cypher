// The people and organisations who visibly live in an area, or had a part in what happened there in a span; no more than a number of them, as the graph knew it at $known_at.
// params: area: string, since: int, until: int, known_at: int, most: int, allowed: list
// returns: id: string
// mode: read
MATCH (area:Entity {id: $area}) (()<-[i:IN|WAS WHERE i.mk IN $allowed AND coalesce(i.type, type(i)) = 'IN' AND i.recorded_at <= $known_at AND (i.retracted_at IS NULL OR i.retracted_at > $known_at)]-()){0,3} (l:Entity)
WITH DISTINCT l
CALL (l) {
  MATCH (l)<-[r:LIVES_AT|WAS]-(p:Person|Organisation)
  WHERE r.mk IN $allowed AND coalesce(r.type, type(r)) = 'LIVES_AT'
    AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
  RETURN p
  UNION
  MATCH (l)<-[o:OCCURRED_AT|WAS]-(e:Event)<-[r:INVOLVED_IN|WAS]-(p:Person|Organisation)
  WHERE o.mk IN $allowed AND r.mk IN $allowed
    AND coalesce(o.type, type(o)) = 'OCCURRED_AT' AND coalesce(r.type, type(r)) = 'INVOLVED_IN'
    AND o.recorded_at <= $known_at AND (o.retracted_at IS NULL OR o.retracted_at > $known_at)
    AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
    AND ($since IS NULL OR e.at IS NULL OR e.at >= $since) AND ($until IS NULL OR e.at IS NULL OR e.at <= $until)
  RETURN p
}
WITH DISTINCT p
LIMIT $most
RETURN p.id AS id
