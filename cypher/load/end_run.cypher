// A load has ended; returns nothing where that was noted before.
// params: id: string, state: string, at: int, mk: int, report: string, error: string
// returns: id: string
// mode: write
// allows: Eager
MATCH (r:Run {id: $id})
WHERE r.state = 'RUNNING'
SET r.state = $state, r.ended_at = $at, r.mk = $mk, r.report = $report, r.error = $error
RETURN r.id AS id
