// The rows that ceased to be before a moment, where no live row says anything of what they speak of.
// params: before: int
// returns: row: string
// mode: internal
MATCH (w:Row)
WHERE NOT w.live AND w.until < $before
  AND NOT EXISTS { MATCH (w)-[:SAYS]->(:Record|Entity|Retired)<-[:SAYS]-(v:Row) WHERE v.live }
RETURN w.id AS row
