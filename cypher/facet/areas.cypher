// How many of these things visibly lie, live or occurred in each area, by its id, through at most four links; null where in none.
// params: ids: list, allowed: list
// returns: value: string, count: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
OPTIONAL MATCH (n)-[i:OCCURRED_AT|LIVES_AT|IN]->(place)
WHERE i.mk IN $allowed
// Many are at one place: where it lies is found once.
WITH place, collect(n) AS there
CALL (place) {
  OPTIONAL MATCH (place) (()-[i:OCCURRED_AT|LIVES_AT|IN WHERE i.mk IN $allowed]->()){0,3} (a:Area)
  RETURN collect(DISTINCT a.id) AS areas
}
UNWIND there AS n
UNWIND CASE WHEN areas = [] THEN [null] ELSE areas END AS area
WITH n, collect(DISTINCT area) AS several
UNWIND CASE WHEN several = [] THEN [null] ELSE several END AS value
RETURN value, count(*) AS count
ORDER BY count DESC, value
