// Pairs of records that may be one.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (a:Record {id: pair.a})
MATCH (b:Record {id: pair.b})
CREATE (a)-[:POSSIBLY_SAME {bits: pair.bits, mk: pair.mk, model: pair.model}]->(b)
RETURN count(*) AS pairs
