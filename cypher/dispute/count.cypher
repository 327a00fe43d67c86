// How much was ever noted against a record, to be seen by whoever sees the record or what is of another marking.
// params: record: string, mk: int
// returns: disputes: int
// mode: internal
OPTIONAL MATCH (d:Dispute {record: $record})
WHERE d.mk = $mk OR (d.mk IS NULL AND $mk IS NULL)
RETURN count(d) AS disputes
