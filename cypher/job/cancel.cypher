// Somebody's job that is not over is not wanted any more; the lock is taken before it is read how it stands.
// params: id: string, owner: string, ended: map
// returns: id: string
// mode: write
// allows: Eager
MATCH (j:Job {id: $id})
WHERE j.owner = $owner
SET j.locked = true
REMOVE j.locked
WITH j
WHERE j.state IN ['WAITING', 'RUNNING']
SET j += $ended
RETURN j.id AS id
