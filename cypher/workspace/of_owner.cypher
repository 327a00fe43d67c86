// Somebody's workspaces that named nothing which they may not see (any more), without what is in them, the newest first.
// params: owner: string, allowed: list
// returns: workspace: map
// mode: read
MATCH (w:Workspace {owner: $owner})
WHERE all(mk IN w.mks WHERE mk IN $allowed)
RETURN w {.id, .name, .note, .version, .begun, .saved, .mks, .hidden_kinds, .hidden_types, .weakest, .until, .crowded} AS workspace
ORDER BY workspace.saved DESC, workspace.id
