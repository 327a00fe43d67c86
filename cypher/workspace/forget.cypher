// What is gone stands in no workspace any more, and what was noted at it goes too; name and note, which may tell of it, are others.
// params: ids: list<string>, name: string
// returns: workspaces: int
// mode: write
// allows: Eager
MATCH (w:Workspace)
WHERE any(id IN w.things WHERE id IN $ids)
WITH w, [at IN range(0, size(w.things) - 1) WHERE NOT w.things[at] IN $ids] AS kept
SET w.xs = [at IN kept | w.xs[at]],
  w.ys = [at IN kept | w.ys[at]],
  w.done = [at IN kept | w.done[at]],
  w.notes = [at IN kept | w.notes[at]],
  w.things = [at IN kept | w.things[at]],
  w.name = $name,
  w.note = null,
  w.version = w.version + 1
RETURN count(w) AS workspaces
