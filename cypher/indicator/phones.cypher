// Who visibly uses these phones, in which role, and which reports of a span name them otherwise than in a withheld role: whose phone told of it is no sign.
// params: ids: list, since: int, until: int, withheld: list, allowed: list
// returns: id: string, users: list, reports: list
// mode: read
UNWIND $ids AS id
MATCH (x:Entity {id: id})
CALL (x) {
  MATCH (x)<-[u:USES]-(o:Person|Organisation)
  WHERE u.mk IN $allowed
  RETURN collect([o.id, u.role]) AS users
}
CALL (x) {
  MATCH (x)-[r:INVOLVED_IN]->(e:IntelReport)
  WHERE r.mk IN $allowed AND NOT coalesce(r.role, '') IN $withheld AND e.at >= $since AND e.at <= $until
  RETURN collect(DISTINCT e.id) AS reports
}
RETURN id, users, reports
