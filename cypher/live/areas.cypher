// How many visible incidents began in each window of a span in each area that they lie in, visibly, and how many of them were open at its end.
// An incident counts once in an area, by its code or else its name, whichever ways lead to it; areas that lie in each other each count it.
// params: since: int, until: int, window: int, ends: list, area: string, allowed: list
// returns: window: int, area: string, count: int, open: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
MATCH (e)-[r:OCCURRED_AT]->(x:Address|Place|Postcode|Area)
WHERE r.mk IN $allowed
WITH x, collect(e) AS happened
MATCH (x) (()-[i:IN WHERE i.mk IN $allowed]->()){0,3} (a:Area)
WITH DISTINCT coalesce(a.code, a.label) AS area, happened, x
UNWIND happened AS e
WITH DISTINCT area, e
WITH area, (e.at - $since) / $window AS window, e.closed_at AS closed
WITH area, window, $ends[window] AS ended, closed
RETURN window, area, count(*) AS count,
  sum(CASE
    WHEN closed IS NULL THEN 1
    WHEN size(closed) = 20 AND closed >= ended THEN 1
    WHEN size(closed) = 17 AND left(closed, 16) + ':00Z' >= ended THEN 1
    ELSE 0
  END) AS open
