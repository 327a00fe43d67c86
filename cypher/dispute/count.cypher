// How much was ever noted against a record.
// params: record: string
// returns: disputes: int
// mode: internal
OPTIONAL MATCH (d:Dispute {record: $record})
RETURN count(d) AS disputes
