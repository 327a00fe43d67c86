// Models as they were published; the one that stood stands.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
// allows: Eager
MATCH (i:Installation)
UNWIND $nodes AS node
CREATE (m:Model)
SET m = node
REMOVE m.stands
SET i.model = CASE WHEN node.stands THEN node.version ELSE i.model END
RETURN count(*) AS nodes
