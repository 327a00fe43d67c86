// Which of these people, as themselves or in another compartment, have visible markers of some types, or were the child or subject of a referral.
// params: ids: list, types: list, allowed: list
// returns: id: string, selves: list, markers: list, referrals: list
// mode: read
UNWIND $ids AS id
MATCH (p:Entity {id: id}) (()-[same:SAME_IDENTITY WHERE same.mk IN $allowed]-()){0,4} (q:Entity)
WITH id, collect(DISTINCT q) AS group
CALL (group) {
  UNWIND group AS q
  MATCH (q)-[s:SUBJECT_OF]->(m:Marker)
  WHERE s.mk IN $allowed AND m.type IN $types
  RETURN collect(DISTINCT m.id) AS markers
}
CALL (group) {
  UNWIND group AS q
  MATCH (q)-[r:INVOLVED_IN]->(g:Safeguarding)
  WHERE r.mk IN $allowed AND r.role IN ['CHILD', 'SUBJECT']
  RETURN collect(DISTINCT g.id) AS referrals
}
WITH id, group, markers, referrals
WHERE size(markers) + size(referrals) > 0
RETURN id, [q IN group | q.id] AS selves, markers, referrals
