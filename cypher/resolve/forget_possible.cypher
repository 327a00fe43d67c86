// Take away pairs that may be one.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
// allows: Eager
UNWIND $pairs AS pair
MATCH (:Record {id: pair.a})-[p:POSSIBLY_SAME]->(:Record {id: pair.b})
DELETE p
RETURN count(*) AS pairs
