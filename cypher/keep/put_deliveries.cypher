// What was delivered, or is to be, as it was.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (d:Delivery) SET d = node
RETURN count(*) AS nodes
