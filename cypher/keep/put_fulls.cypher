// When full deliveries were made, as it was remembered.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (f:Full) SET f = node
RETURN count(*) AS nodes
