// Rows spoke of keyed things that no live row speaks of.
// params: claims: list<map>
// returns: claims: int
// mode: write
UNWIND $claims AS claim
MATCH (w:Row {id: claim.row})
MATCH (n:Retired {id: claim.node})
CREATE (w)-[:SAYS {name: claim.name, p: claim.p, grade: claim.grade}]->(n)
RETURN count(*) AS claims
