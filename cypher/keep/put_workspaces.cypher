// Workspaces as they were.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (w:Workspace) SET w = node
RETURN count(*) AS nodes
