// A job that is wanted comes to its end; the lock is taken before it is read how it stands.
// params: id: string, ended: map
// returns: id: string
// mode: write
// allows: Eager
MATCH (j:Job {id: $id})
SET j.locked = true
REMOVE j.locked
WITH j
WHERE j.state IN ['WAITING', 'RUNNING']
SET j += $ended
RETURN j.id AS id
