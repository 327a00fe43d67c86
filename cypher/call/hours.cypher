// The calls of these phones by the hour in which they began (hours since 1970, null where undated), each call once.
// params: ids: list, since: int, until: int, allowed: list
// returns: hour: int, calls: int, outgoing: int, seconds: int, first: int, last: int
// mode: read
UNWIND $ids AS one
MATCH (p:Phone {id: one})-[a:INVOLVED_IN]->(c:Call)
WHERE a.mk IN $allowed AND a.role IN ['CALLER', 'CALLED']
  AND ($since IS NULL OR c.at IS NULL OR c.at >= $since)
  AND ($until IS NULL OR c.at IS NULL OR c.at <= $until)
WITH c, max(CASE a.role WHEN 'CALLER' THEN 1 ELSE 0 END) AS outgoing
RETURN c.at / 3600 AS hour, count(c) AS calls, sum(outgoing) AS outgoing, sum(coalesce(c.duration_s, 0)) AS seconds,
  min(c.at) AS first, max(c.at) AS last
ORDER BY hour
