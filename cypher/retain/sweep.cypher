// Take away a part of what nothing is bound to any more: what was awaited, and identifiers.
// params: limit: int
// returns: nodes: int
// mode: write
// allows: Eager
CALL () {
  MATCH (a:Awaited) WHERE NOT EXISTS { (a)<-[:AWAITS]-() } RETURN a AS n
  UNION MATCH (i:Identifier) WHERE NOT EXISTS { (i)--() } RETURN i AS n
}
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS nodes
