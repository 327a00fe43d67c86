// Every workspace.
// params:
// returns: properties: map
// mode: internal
MATCH (w:Workspace)
RETURN properties(w) AS properties
