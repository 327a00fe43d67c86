// A workspace of somebody's that named nothing which they may not see (any more).
// params: id: string, owner: string, allowed: list
// returns: workspace: map
// mode: read
MATCH (w:Workspace {id: $id})
WHERE w.owner = $owner AND all(mk IN w.mks WHERE mk IN $allowed)
RETURN properties(w) AS workspace
