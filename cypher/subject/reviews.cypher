// What was said of how long these records are kept, where the record may be seen, the oldest first; withdrawn words too.
// params: ids: list<string>, allowed: list
// returns: record: string, verdict: string, at: int, until: int, reason: string, withdrawn_at: int
// mode: read
UNWIND $ids AS id
MATCH (r:Record {id: id})
WHERE r.mk IN $allowed
CALL (r) {
  MATCH (v:Review {record: r.id})
  RETURN v
}
RETURN id AS record, v.verdict AS verdict, v.at AS at, v.until AS until, v.reason AS reason, v.withdrawn_at AS withdrawn_at
ORDER BY at, record, v.id
