// Loads on record, as they were; one that ran when the backup was made is cut short.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
// allows: Eager
UNWIND $nodes AS node
CREATE (r:Run)
SET r = node, r.state = CASE node.state WHEN 'RUNNING' THEN 'CUT_SHORT' ELSE node.state END
RETURN count(*) AS nodes
