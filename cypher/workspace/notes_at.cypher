// What is noted at these ids in the workspaces that name nothing which the viewer may not see, the oldest first.
// params: ids: list<string>, allowed: list
// returns: workspace: string, note: string, saved: int, mks: list<int>
// mode: read
MATCH (w:Workspace)
WHERE all(mk IN w.mks WHERE mk IN $allowed) AND any(id IN w.things WHERE id IN $ids)
UNWIND range(0, size(w.things) - 1) AS at
WITH w, at
WHERE w.things[at] IN $ids AND w.notes[at] <> ''
RETURN w.id AS workspace, w.notes[at] AS note, w.saved AS saved, w.mks AS mks
ORDER BY saved, workspace, note
