// Rows speak of records.
// params: claims: list<map>
// returns: claims: int
// mode: write
UNWIND $claims AS claim
MATCH (w:Row {id: claim.row})
MATCH (n:Record {id: claim.node})
CREATE (w)-[:SAYS {name: claim.name, p: claim.p, grade: claim.grade}]->(n)
RETURN count(*) AS claims
