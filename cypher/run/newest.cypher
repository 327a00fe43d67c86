// The loads on record whose rows the viewer may all see, the newest first.
// params: limit: int (1..500), allowed: list
// returns: id: string, state: string, sources: list<string>, began_at: int, ended_at: int, progress: string, report: string, error: string
// mode: read
MATCH (r:Run)
WHERE coalesce(r.mk, 0) IN $allowed
WITH r ORDER BY r.began_at DESC, r.id DESC LIMIT $limit
RETURN r.id AS id, r.state AS state, r.sources AS sources, r.began_at AS began_at, r.ended_at AS ended_at, r.progress AS progress,
       r.report AS report, r.error AS error
