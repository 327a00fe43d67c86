// The live records that hold one of these contacts or addresses without being found by it, for want of room.
// params: ids: list<string>
// returns: holder: string, record: string, mk: int
// mode: internal
UNWIND $ids AS id
MATCH (:Identifier {id: id})<-[:HAS]-(r:Record)
WHERE r.live
RETURN id AS holder, r.id AS record, r.mk AS mk
