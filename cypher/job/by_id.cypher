// A job of somebody's who may still see all markings that it was worked out with.
// params: id: string, owner: string, now: int, allowed: list
// returns: job: map
// mode: read
MATCH (j:Job {id: $id})
WHERE j.owner = $owner AND j.until > $now AND all(mk IN j.mks WHERE mk IN $allowed)
RETURN properties(j) AS job
