// Seconds from opening to arrival that half, and nine in ten, of the visible incidents of each window were reached within: of all, by priority, and by step.
// The nearest rank. Times known only to the day say nothing. Of two times of one day the clocks are compared; only others are read as times, which takes long.
// params: since: int, until: int, window: int, step: int, area: string, allowed: list
// returns: window: int, priority: string, step: int, half: int, most: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed AND size(e.arrived_at) >= 17
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH (e.at - $since) / $window AS window, (e.at - $since) / $step AS step, e.priority AS priority, e.at AS at,
  e.arrived_at AS arrived, CASE WHEN size(e.opened_at) >= 17 THEN e.opened_at END AS opened
WITH window, step, priority, CASE
    WHEN left(opened, 10) = left(arrived, 10) THEN
      3600 * (toInteger(substring(arrived, 11, 2)) - toInteger(substring(opened, 11, 2)))
      + 60 * (toInteger(substring(arrived, 14, 2)) - toInteger(substring(opened, 14, 2)))
      + CASE size(arrived) WHEN 20 THEN toInteger(substring(arrived, 17, 2)) ELSE 0 END
      - CASE size(opened) WHEN 20 THEN toInteger(substring(opened, 17, 2)) ELSE 0 END
    ELSE datetime(arrived).epochSeconds - coalesce(datetime(opened).epochSeconds, at)
  END AS response
WHERE response >= 0
UNWIND [[null, null], [coalesce(priority, 'unknown'), null], [null, step]] AS one
RETURN window, one[0] AS priority, one[1] AS step, percentileDisc(response, 0.5) AS half, percentileDisc(response, 0.9) AS most
