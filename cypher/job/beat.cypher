// A process says that it is at these jobs, and how far; those are told that are still wanted; the lock is taken before it is read how it stands.
// params: jobs: list<map>, now: int
// returns: id: string
// mode: write
// allows: Eager
UNWIND $jobs AS told
MATCH (j:Job {id: told.id})
SET j.locked = true
REMOVE j.locked
WITH j, told
WHERE j.state IN ['WAITING', 'RUNNING']
SET j.beat = $now, j.state = told.state, j.step = told.step, j.done = told.done
RETURN j.id AS id
