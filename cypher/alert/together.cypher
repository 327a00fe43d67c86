// The visible involvements of these things in events: when each event was, to the minute or not, where, and when all of that was loaded here.
// An event without a point of its own is where its visible OCCURRED_AT is.
// params: ids: list, allowed: list
// returns: subject: string, link: map, type: string, origin: map, target: map, exact: bool, there: point, told: int
// mode: read
UNWIND $ids AS subject
MATCH (n:Entity {id: subject})-[r:INVOLVED_IN]->(e:Event)
WHERE r.mk IN $allowed
MATCH (w:Row {id: r.row})
MATCH (b:Batch {seq: coalesce(w.born, w.seq)})
CALL (e) {
  MATCH (v:Row)-[s:SAYS]->(e)
  WHERE v.mk IN $allowed AND s.p IS NOT NULL
  MATCH (c:Batch {seq: coalesce(v.born, v.seq)})
  RETURN min(c.at) AS known
}
CALL (e) {
  WITH e WHERE e.location IS NULL
  MATCH (e)-[o:OCCURRED_AT]->(x:Entity)
  WHERE o.mk IN $allowed AND x.location IS NOT NULL
  MATCH (v:Row {id: o.row})
  MATCH (c:Batch {seq: coalesce(v.born, v.seq)})
  WITH x, c ORDER BY x.id, c.at
  RETURN head(collect(x.location)) AS elsewhere, head(collect(c.at)) AS placed
}
RETURN subject, properties(r) AS link, type(r) AS type, properties(n) AS origin, properties(e) AS target,
  e.at IS NOT NULL AND (e.occurred_from IS NULL OR size(e.occurred_from) > 10) AS exact,
  coalesce(e.location, elsewhere) AS there,
  reduce(latest = b.at, each IN [known, placed] | CASE WHEN each > latest THEN each ELSE latest END) AS told
