// Every watch whose alerts are delivered and which has not ended.
// params: now: int
// returns: watch: map
// mode: internal
MATCH (w:Watch)
WHERE w.webhook IS NOT NULL AND w.until > $now
RETURN properties(w) AS watch
ORDER BY watch.id
