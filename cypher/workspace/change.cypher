// Somebody's workspace becomes this, where nobody has changed it since that version; the lock is taken before the version is read.
// params: id: string, owner: string, version: int, changed: map
// returns: workspace: map
// mode: write
// allows: Eager
MATCH (w:Workspace {id: $id})
WHERE w.owner = $owner
SET w.locked = true
WITH w
WHERE w.version = $version
SET w += $changed
REMOVE w.locked
RETURN properties(w) AS workspace
