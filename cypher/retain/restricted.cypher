// Every restriction that stands, with the record or keyed thing that it is of.
// params:
// returns: id: string, record: string, at: int
// mode: internal
MATCH (d:Dispute)
WHERE d.right = 'RESTRICTED' AND d.closed_at IS NULL
OPTIONAL MATCH (r:Record {id: d.record})
RETURN d.id AS id, coalesce(r.id, 'e_' + substring(d.record, 2)) AS record, d.at AS at
