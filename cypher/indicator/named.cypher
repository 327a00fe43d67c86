// The people, organisations and phones that these reports visibly name, but for those in a withheld role.
// params: ids: list, withheld: list, allowed: list
// returns: id: string, parties: list, phones: list
// mode: read
UNWIND $ids AS id
MATCH (e:Entity {id: id})
CALL (e) {
  MATCH (e)<-[r:INVOLVED_IN]-(p:Person|Organisation)
  WHERE r.mk IN $allowed AND NOT coalesce(r.role, '') IN $withheld
  RETURN collect(DISTINCT p.id) AS parties
}
CALL (e) {
  MATCH (e)<-[r:INVOLVED_IN]-(x:Phone)
  WHERE r.mk IN $allowed AND NOT coalesce(r.role, '') IN $withheld
  RETURN collect(DISTINCT x.id) AS phones
}
RETURN id, parties, phones
