// A load begins, or goes on.
// params: id: string, run: map
// returns: id: string
// mode: write
// allows: Eager
MERGE (r:Run {id: $id})
SET r += $run, r.state = 'RUNNING'
RETURN r.id AS id
