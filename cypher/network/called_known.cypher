// The pairs of phones, as the graph knew it at $known_at, that were in visible calls within the span, one phone of each used by one of these people and organisations: the last call, and who uses both.
// `here` and `there` list who, row, place, grade, date and the record there; they are empty where more than $generic use the phone.
// params: ids: list, grade_source: int, grade_letter: int, since: int, until: int, generic: int, known_at: int, most: int, allowed: list
// returns: one: string, other: string, last: int, here: list, there: list
// mode: read
UNWIND $ids AS id
MATCH (p:Entity {id: id})-[u:USES|WAS]->(x:Phone)
WHERE u.mk IN $allowed AND coalesce(u.type, type(u)) = 'USES'
  AND u.recorded_at <= $known_at AND (u.retracted_at IS NULL OR u.retracted_at > $known_at)
  AND ($grade_source IS NULL OR (u.grade / 100 <= $grade_source AND u.grade / 10 % 10 <= $grade_letter))
WITH DISTINCT x
MATCH (x)-[a:INVOLVED_IN|WAS]->(c:Call)<-[b:INVOLVED_IN|WAS]-(y:Phone)
WHERE a.mk IN $allowed AND b.mk IN $allowed AND x <> y
  AND coalesce(a.type, type(a)) = 'INVOLVED_IN' AND coalesce(b.type, type(b)) = 'INVOLVED_IN'
  AND a.recorded_at <= $known_at AND (a.retracted_at IS NULL OR a.retracted_at > $known_at)
  AND b.recorded_at <= $known_at AND (b.retracted_at IS NULL OR b.retracted_at > $known_at)
  AND a.role IN ['CALLER', 'CALLED'] AND b.role IN ['CALLER', 'CALLED'] AND a.role <> b.role
  AND ($grade_source IS NULL OR (a.grade / 100 <= $grade_source AND a.grade / 10 % 10 <= $grade_letter
    AND b.grade / 100 <= $grade_source AND b.grade / 10 % 10 <= $grade_letter))
  AND ($since IS NULL OR c.at IS NULL OR c.at >= $since)
  AND ($until IS NULL OR c.at IS NULL OR c.at <= $until)
WITH x, y, max(c.at) AS last
CALL (x) {
  MATCH (x)<-[s:USES|WAS]-(o:Person|Organisation)
  WHERE s.mk IN $allowed AND coalesce(s.type, type(s)) = 'USES'
    AND s.recorded_at <= $known_at AND (s.retracted_at IS NULL OR s.retracted_at > $known_at)
    AND ($grade_source IS NULL OR (s.grade / 100 <= $grade_source AND s.grade / 10 % 10 <= $grade_letter))
  RETURN count(DISTINCT o) AS holders, collect([o.id, s.row, s.place, s.grade, s.valid_from, s.a]) AS here
}
CALL (y) {
  MATCH (y)<-[s:USES|WAS]-(o:Person|Organisation)
  WHERE s.mk IN $allowed AND coalesce(s.type, type(s)) = 'USES'
    AND s.recorded_at <= $known_at AND (s.retracted_at IS NULL OR s.retracted_at > $known_at)
    AND ($grade_source IS NULL OR (s.grade / 100 <= $grade_source AND s.grade / 10 % 10 <= $grade_letter))
  RETURN count(DISTINCT o) AS others, collect([o.id, s.row, s.place, s.grade, s.valid_from, s.a]) AS there
}
WITH x, y, last, here, there, holders, others
WHERE others > 0
WITH x, y, last, CASE WHEN holders <= $generic THEN here ELSE [] END AS here, CASE WHEN others <= $generic THEN there ELSE [] END AS there
LIMIT $most
RETURN x.id AS one, y.id AS other, last, here, there
