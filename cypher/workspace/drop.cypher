// A workspace is given up.
// params: id: string, owner: string
// returns: workspaces: int
// mode: write
// allows: Eager
MATCH (w:Workspace {id: $id})
WHERE w.owner = $owner
DELETE w
RETURN count(*) AS workspaces
