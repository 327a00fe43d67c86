// The visible calls of a span in one list: caller, called, when, channel, the call; no more than a number of them.
// params: since: int, until: int, most: int, allowed: list
// returns: found: list
// mode: read
MATCH (c:Event)
WHERE c.at >= $since AND c.at <= $until AND c:Call
MATCH (x:Phone)-[a:INVOLVED_IN]->(c)<-[b:INVOLVED_IN]-(y:Phone)
WHERE a.mk IN $allowed AND b.mk IN $allowed AND a.role = 'CALLER' AND b.role = 'CALLED' AND x <> y
WITH x, y, c
LIMIT $most
RETURN collect([x.id, y.id, c.at, c.channel, c.id]) AS found
