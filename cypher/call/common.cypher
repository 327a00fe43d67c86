// Phones that were in calls with those of at least two owners: most owners first, then most calls, then by id, and how many in all.
// params: phones: list<map>, ids: list, since: int, until: int, limit: int (1..501), allowed: list
// returns: node: map, calls: int, owners: list, total: int
// mode: read
UNWIND $phones AS one
MATCH (p:Phone {id: one.id})-[a:INVOLVED_IN]->(c:Call)<-[b:INVOLVED_IN]-(q:Phone)
WHERE a.mk IN $allowed AND b.mk IN $allowed
  AND a.role IN ['CALLER', 'CALLED'] AND b.role IN ['CALLER', 'CALLED'] AND a.role <> b.role
  AND NOT q.id IN $ids
  AND ($since IS NULL OR c.at IS NULL OR c.at >= $since)
  AND ($until IS NULL OR c.at IS NULL OR c.at <= $until)
WITH q, one.owner AS owner, count(DISTINCT c) AS calls, min(c.at) AS first, max(c.at) AS last
ORDER BY q.id, owner
WITH q, sum(calls) AS calls, collect({owner: owner, calls: calls, first: first, last: last}) AS owners
WHERE size(owners) > 1
WITH q, calls, owners
ORDER BY size(owners) DESC, calls DESC, q.id
WITH collect({node: properties(q), calls: calls, owners: owners}) AS found
UNWIND found[..$limit] AS row
RETURN row.node AS node, row.calls AS calls, row.owners AS owners, size(found) AS total
