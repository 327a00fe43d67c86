// Take away ties across compartments.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
// allows: Eager
UNWIND $pairs AS pair
MATCH (:Entity {id: pair.from})-[l:SAME_IDENTITY]->(:Entity {id: pair.to})
WHERE l.mk = pair.mk
DELETE l
RETURN count(*) AS pairs
