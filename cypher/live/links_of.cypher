// The links of these things that `live/links` tells of, of events from a moment on: of events all, of who called them in those.
// params: ids: list<string>, since: int
// returns: links: list
// mode: internal
UNWIND $ids AS id
MATCH (n:Entity {id: id})
CALL (n) {
  WITH n WHERE n.at >= $since AND n.kind IN ['Incident', 'Crime', 'PublicEvent']
  MATCH (n)-[r:OCCURRED_AT]->(x:Address|Place|Postcode|Area)
  RETURN n.id AS event, x.id AS thing, r.mk AS mk, CASE WHEN x:Address OR x:Place THEN 0 ELSE 1 END AS what
  UNION
  WITH n WHERE n.at >= $since AND n.kind = 'Incident'
  MATCH (n)<-[r:INVOLVED_IN]-(x:Person|Organisation)
  WHERE r.role = 'CALLER'
  RETURN n.id AS event, x.id AS thing, r.mk AS mk, 2 AS what
  UNION
  WITH n WHERE n.at >= $since AND n.kind = 'Incident'
  MATCH (n)-[r:HANDLED_BY]->(x:Officer)
  RETURN n.id AS event, x.id AS thing, r.mk AS mk, 3 AS what
  UNION
  WITH n WHERE n:Person OR n:Organisation
  MATCH (n)-[r:INVOLVED_IN]->(e:Incident)
  WHERE r.role = 'CALLER' AND e.at >= $since
  RETURN e.id AS event, n.id AS thing, r.mk AS mk, 2 AS what
}
WITH DISTINCT event, thing, mk, what
RETURN collect([event, thing, mk, what]) AS links
