// How many of the visible incidents of a span were reached within each number of seconds of their opening, as `live/responses` reads those.
// params: since: int, until: int, area: string, allowed: list
// returns: seconds: int, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed AND size(e.arrived_at) >= 17
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e.at AS at, e.arrived_at AS arrived, CASE WHEN size(e.opened_at) >= 17 THEN e.opened_at END AS opened
WITH CASE
    WHEN left(opened, 10) = left(arrived, 10) THEN
      3600 * (toInteger(substring(arrived, 11, 2)) - toInteger(substring(opened, 11, 2)))
      + 60 * (toInteger(substring(arrived, 14, 2)) - toInteger(substring(opened, 14, 2)))
      + CASE size(arrived) WHEN 20 THEN toInteger(substring(arrived, 17, 2)) ELSE 0 END
      - CASE size(opened) WHEN 20 THEN toInteger(substring(opened, 17, 2)) ELSE 0 END
    ELSE datetime(arrived).epochSeconds - coalesce(datetime(opened).epochSeconds, at)
  END AS seconds
WHERE seconds >= 0
RETURN seconds, count(*) AS count
