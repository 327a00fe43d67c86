// Who or what appears in several of the visible events of a span, in an area or anywhere, but no search that found nothing: most events first, then by id, and how many do.
// One in several compartments is one: the first by id of its visible group, `members` being those that appear.
// params: area: string, since: int, until: int, kinds: list, type: string, things: list, roles: list, nothing: string, min: int, after: int, after_id: string, shown: int, limit: int (1..501), allowed: list
// returns: id: string, count: int, members: list, times: list, kinds: list, events: list, total: int
// mode: read
CALL () {
  WITH 1 AS anywhere
  WHERE $area IS NULL
  MATCH (e:Event)
  WHERE e.at >= $since AND e.at <= $until AND e.kind IN $kinds AND e.mk IN $allowed
  RETURN e
  UNION
  MATCH (area:Entity {id: $area}) (()<-[i:IN WHERE i.mk IN $allowed]-()){0,3} (l:Entity)
  WITH DISTINCT l
  MATCH (l)<-[o:OCCURRED_AT]-(e:Event)
  WHERE o.mk IN $allowed AND e.at >= $since AND e.at <= $until AND e.kind IN $kinds
  RETURN e
}
MATCH (e)-[r:INVOLVED_IN|OCCURRED_AT]-(x:Entity)
WHERE (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  AND r.mk IN $allowed AND type(r) = $type AND x.kind IN $things AND ($roles IS NULL OR r.role IN $roles)
WITH x, collect(DISTINCT e) AS events
CALL (x) {
  MATCH (x)-[same:SAME_IDENTITY*0..4]-(m:Entity)
  WHERE all(s IN same WHERE s.mk IN $allowed)
  RETURN min(m.id) AS id
}
WITH id, collect(x.id) AS members, collect(events) AS several
UNWIND several AS events
UNWIND events AS e
WITH DISTINCT id, members, e
ORDER BY e.at, e.id
WITH id, members, collect(e) AS events
WHERE size(events) >= $min
WITH id, members, events
ORDER BY size(events) DESC, id
WITH collect({id: id, members: members, events: events}) AS found
UNWIND [one IN found WHERE $after_id IS NULL OR size(one.events) < $after OR (size(one.events) = $after AND one.id > $after_id)][..$limit] AS one
RETURN one.id AS id, size(one.events) AS count, one.members AS members, [e IN one.events | e.at] AS times,
  [e IN one.events | e.kind] AS kinds, [e IN reverse(one.events)[..$shown] | e.id] AS events, size(found) AS total
