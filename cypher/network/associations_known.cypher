// The visible associations of these people and organisations that pass the filter, in one list: from, to, row, place, grade, date, the records at both ends, as the graph knew it at $known_at.
// params: ids: list, within: list, grade_source: int, grade_letter: int, since: int, until: int, known_at: int, most: int, allowed: list
// returns: found: list
// mode: read
UNWIND $ids AS id
MATCH (p:Entity {id: id})-[r:ASSOCIATED_WITH|WAS]-(o:Entity)
WHERE r.mk IN $allowed AND coalesce(r.type, type(r)) = 'ASSOCIATED_WITH' AND p <> o
  AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
  AND ($within IS NULL OR o.id IN $within)
  AND ($grade_source IS NULL OR (r.grade / 100 <= $grade_source AND r.grade / 10 % 10 <= $grade_letter))
  AND ($since IS NULL OR r.valid_from IS NULL OR r.valid_from >= $since)
  AND ($until IS NULL OR r.valid_from IS NULL OR r.valid_from <= $until)
WITH startNode(r).id AS origin, endNode(r).id AS target, r
LIMIT $most
RETURN collect([origin, target, r.row, r.place, r.grade, r.valid_from, r.a, r.b]) AS found
