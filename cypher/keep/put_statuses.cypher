// What deliveries did, as it was noted.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (s:SourceStatus) SET s = node
RETURN count(*) AS nodes
