// The live rows of a source with links that wait, and the types of those.
// params: source: int
// returns: row: string, types: list<string>
// mode: internal
MATCH (:Awaited)<-[:AWAITS]-(w:Row)
WHERE w.source = $source AND w.live
WITH DISTINCT w
WHERE size(coalesce(w.dangling, [])) > 0
RETURN w.id AS row, w.dangling AS types
