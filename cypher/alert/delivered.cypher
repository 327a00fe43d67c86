// Every watch whose alerts are delivered and which has not ended, or that one alone (null: all).
// params: now: int, watch: string
// returns: watch: map
// mode: internal
MATCH (w:Watch)
WHERE w.webhook IS NOT NULL AND w.until > $now AND ($watch IS NULL OR w.id = $watch)
RETURN properties(w) AS watch
ORDER BY watch.id
