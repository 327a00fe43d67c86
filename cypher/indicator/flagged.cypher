// Which of these people have visible markers of some types, or were the child or subject of a safeguarding referral.
// params: ids: list, types: list, allowed: list
// returns: id: string, markers: list, referrals: list
// mode: read
UNWIND $ids AS id
MATCH (p:Entity {id: id})
CALL (p) {
  MATCH (p)-[s:SUBJECT_OF]->(m:Marker)
  WHERE s.mk IN $allowed AND m.type IN $types
  RETURN collect(DISTINCT m.id) AS markers
}
CALL (p) {
  MATCH (p)-[r:INVOLVED_IN]->(g:Safeguarding)
  WHERE r.mk IN $allowed AND r.role IN ['CHILD', 'SUBJECT']
  RETURN collect(DISTINCT g.id) AS referrals
}
WITH id, markers, referrals
WHERE size(markers) + size(referrals) > 0
RETURN id, markers, referrals
