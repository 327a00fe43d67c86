// Somebody's jobs that were worked out with nothing which they may not see any more, without their answers, the newest first.
// params: owner: string, now: int, allowed: list
// returns: job: map
// mode: read
MATCH (j:Job {owner: $owner})
WHERE j.until > $now AND all(mk IN j.mks WHERE mk IN $allowed)
RETURN j {.id, .owner, .question, .state, .step, .done, .begun, .ended, .until, .beat, .error} AS job
ORDER BY job.begun DESC, job.id
