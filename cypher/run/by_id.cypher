// A load on record, where the viewer may see all its rows.
// params: id: string, allowed: list
// returns: id: string, state: string, sources: list<string>, began_at: int, ended_at: int, progress: string, report: string, error: string
// mode: read
MATCH (r:Run {id: $id})
WHERE coalesce(r.mk, 0) IN $allowed
RETURN r.id AS id, r.state AS state, r.sources AS sources, r.began_at AS began_at, r.ended_at AS ended_at, r.progress AS progress,
       r.report AS report, r.error AS error
