// Who these phones were in calls with, most calls first, then by id, and how many such phones there are in all.
// params: ids: list, since: int, until: int, limit: int (1..501), allowed: list
// returns: node: map, calls: int, outgoing: int, seconds: int, first: int, last: int, total: int
// mode: read
UNWIND $ids AS one
MATCH (p:Phone {id: one})-[a:INVOLVED_IN]->(c:Call)<-[b:INVOLVED_IN]-(q:Phone)
WHERE a.mk IN $allowed AND b.mk IN $allowed
  AND a.role IN ['CALLER', 'CALLED'] AND b.role IN ['CALLER', 'CALLED'] AND a.role <> b.role
  AND NOT q.id IN $ids
  AND ($since IS NULL OR c.at IS NULL OR c.at >= $since)
  AND ($until IS NULL OR c.at IS NULL OR c.at <= $until)
WITH q, c, max(CASE a.role WHEN 'CALLER' THEN 1 ELSE 0 END) AS outgoing
WITH q, count(c) AS calls, sum(outgoing) AS outgoing, sum(coalesce(c.duration_s, 0)) AS seconds, min(c.at) AS first, max(c.at) AS last
ORDER BY calls DESC, q.id
WITH collect({node: properties(q), calls: calls, outgoing: outgoing, seconds: seconds, first: first, last: last}) AS found
UNWIND found[..$limit] AS row
RETURN row.node AS node, row.calls AS calls, row.outgoing AS outgoing, row.seconds AS seconds, row.first AS first, row.last AS last,
  size(found) AS total
