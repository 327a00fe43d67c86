// The things, as the graph knew it at $known_at, of some kinds that these people and organisations have a visible link to which passes the filter, each with all such links of anybody; no part in a withheld role, no search that found nothing.
// `held` lists who, type, row, place, grade, date and the record there; it is empty where more than $generic hold the thing, and `holders` counts no further.
// params: ids: list, kinds: list, types: list, grade_source: int, grade_letter: int, since: int, until: int, withheld: list, nothing: string, generic: int, known_at: int, most: int, allowed: list
// returns: thing: string, kind: string, holders: int, held: list
// mode: read
UNWIND $ids AS id
MATCH (p:Entity {id: id})-[r:USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN|WAS]->(t:Entity)
WHERE r.mk IN $allowed AND t.kind IN $kinds AND coalesce(r.type, type(r)) IN $types AND NOT coalesce(r.role, '') IN $withheld
  AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
  AND (t.kind <> 'StopSearch' OR NOT coalesce(t.found, '') =~ $nothing)
  AND ($grade_source IS NULL OR (r.grade / 100 <= $grade_source AND r.grade / 10 % 10 <= $grade_letter))
WITH t, coalesce(r.valid_from, t.at) AS dated
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since) AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH DISTINCT t
LIMIT $most
CALL (t) {
  MATCH (t)<-[s:USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN|WAS]-(o:Person|Organisation)
  WHERE s.mk IN $allowed AND coalesce(s.type, type(s)) IN $types AND NOT coalesce(s.role, '') IN $withheld
    AND s.recorded_at <= $known_at AND (s.retracted_at IS NULL OR s.retracted_at > $known_at)
    AND ($grade_source IS NULL OR (s.grade / 100 <= $grade_source AND s.grade / 10 % 10 <= $grade_letter))
  WITH t, o, coalesce(s.valid_from, t.at) AS dated
  WHERE ($since IS NULL OR dated IS NULL OR dated >= $since) AND ($until IS NULL OR dated IS NULL OR dated <= $until)
  WITH DISTINCT o
  LIMIT $generic + 1
  RETURN count(o) AS holders
}
CALL (t, holders) {
  WITH t WHERE holders > 1 AND holders <= $generic
  MATCH (t)<-[s:USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN|WAS]-(o:Person|Organisation)
  WHERE s.mk IN $allowed AND coalesce(s.type, type(s)) IN $types AND NOT coalesce(s.role, '') IN $withheld
    AND s.recorded_at <= $known_at AND (s.retracted_at IS NULL OR s.retracted_at > $known_at)
    AND ($grade_source IS NULL OR (s.grade / 100 <= $grade_source AND s.grade / 10 % 10 <= $grade_letter))
  WITH o, s, coalesce(s.valid_from, t.at) AS dated
  WHERE ($since IS NULL OR dated IS NULL OR dated >= $since) AND ($until IS NULL OR dated IS NULL OR dated <= $until)
  RETURN collect([o.id, coalesce(s.type, type(s)), s.row, s.place, s.grade, dated, s.a]) AS held
}
WITH t, holders, held
WHERE holders > 1
RETURN t.id AS thing, t.kind AS kind, holders, held
