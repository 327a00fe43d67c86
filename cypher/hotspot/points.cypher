// How many of the visible events of some kinds and types stood at each point before a moment, and when each of the later ones was.
// Where an event has no point of its own it stands where its visible OCCURRED_AT is, the one with the least id; without any, at null.
// `whole` are kinds that are meant whatever their type is; `within` lists the time of each event and how many letters say it: 4 a year, 7 a month.
// params: since: int, at: int, until: int, kinds: list, whole: list, types: list, area: string, most: int, allowed: list
// returns: latitude: float, longitude: float, before: int, within: list
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind IN $kinds AND e.mk IN $allowed
  AND (e.kind IN $whole OR e.type IN $types OR e.classification IN $types)
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e
LIMIT $most
CALL (e) {
  WITH e
  WHERE e.location IS NOT NULL
  RETURN e.location AS place
  UNION ALL
  WITH e
  WHERE e.location IS NULL
  OPTIONAL MATCH (e)-[r:OCCURRED_AT]->(x:Entity)
  WHERE r.mk IN $allowed AND x.location IS NOT NULL
  WITH x
  ORDER BY x.id
  LIMIT 1
  RETURN x.location AS place
}
RETURN place.latitude AS latitude, place.longitude AS longitude,
  sum(CASE WHEN e.at < $at THEN 1 ELSE 0 END) AS before,
  collect(CASE WHEN e.at >= $at THEN [e.at, coalesce(size(e.occurred_from), 20)] END) AS within
