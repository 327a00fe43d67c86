// The visible events in a circle and a span of time, but for one, nearest in time first, then by id, and how many there are in all.
// An event without a point of its own is where its visible OCCURRED_AT is.
// params: id: string, latitude: float, longitude: float, metres: int, since: int, until: int, at: int, limit: int (1..1000), allowed: list
// returns: id: string, total: int
// mode: read
MATCH (x:Entity)
WHERE point.distance(x.location, point({latitude: $latitude, longitude: $longitude})) <= $metres
CALL (x) {
  WITH x
  WHERE x:Event
  RETURN x AS e
  UNION
  MATCH (e:Event)-[r:OCCURRED_AT]->(x)
  WHERE r.mk IN $allowed AND e.location IS NULL
  RETURN e
}
WITH DISTINCT e
WHERE e.mk IN $allowed AND e.at >= $since AND e.at <= $until AND e.id <> $id
WITH e
ORDER BY abs(e.at - $at), e.id
WITH collect(e.id) AS found
UNWIND found[..$limit] AS id
RETURN id, size(found) AS total
