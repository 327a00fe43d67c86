// A workspace is kept; the same once more, within a second, changes nothing.
// params: workspace: map
// returns: id: string
// mode: write
// allows: Eager
MERGE (w:Workspace {id: $workspace.id})
ON CREATE SET w = $workspace
RETURN w.id AS id
