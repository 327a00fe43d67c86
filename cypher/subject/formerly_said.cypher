// What rows said of these visible records that are no more, as JSON, since when and until when; the latest first, then by row.
// params: ids: list<string>, allowed: list
// returns: record: string, said: string, since: int, until: int
// mode: read
UNWIND $ids AS id
MATCH (x:Record {id: id})<-[s:SAYS]-(w:Row)
WHERE x.mk IN $allowed AND w.mk IN $allowed AND NOT w.live AND NOT w:Erasing AND s.p IS NOT NULL
RETURN id AS record, s.p AS said, w.first_as_of AS since, w.until AS until
ORDER BY record, until DESC, w.id, s.name
