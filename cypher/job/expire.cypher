// Jobs go whose time is over.
// params: now: int
// returns: jobs: int
// mode: write
// allows: Eager
MATCH (j:Job)
WHERE j.until <= $now
DELETE j
RETURN count(*) AS jobs
