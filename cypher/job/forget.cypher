// All jobs go: they may name what is being erased.
// params:
// returns: jobs: int
// mode: write
// allows: Eager
MATCH (j:Job)
DELETE j
RETURN count(*) AS jobs
