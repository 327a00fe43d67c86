// Where the crimes, incidents and policed events of a span were (0: an address or place, 1: a postcode or area), who called them in (2), who deals with them (3).
// Each link is its event, the thing, its marking and which of these it is.
// params: since: int, until: int
// returns: links: list
// mode: internal
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind IN ['Incident', 'Crime', 'PublicEvent']
CALL (e) {
  MATCH (e)-[r:OCCURRED_AT]->(x:Address|Place|Postcode|Area)
  RETURN x.id AS thing, r.mk AS mk, CASE WHEN x:Address OR x:Place THEN 0 ELSE 1 END AS what
  UNION
  WITH e WHERE e.kind = 'Incident'
  MATCH (e)<-[r:INVOLVED_IN]-(x:Person|Organisation)
  WHERE r.role = 'CALLER'
  RETURN x.id AS thing, r.mk AS mk, 2 AS what
  UNION
  WITH e WHERE e.kind = 'Incident'
  MATCH (e)-[r:HANDLED_BY]->(x:Officer)
  RETURN x.id AS thing, r.mk AS mk, 3 AS what
}
RETURN collect([e.id, thing, mk, what]) AS links
