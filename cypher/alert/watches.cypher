// Somebody's watches that name nothing which they may not see (any more), by id.
// params: owner: string, allowed: list
// returns: watch: map
// mode: read
MATCH (w:Watch {owner: $owner})
WHERE all(mk IN w.mks WHERE mk IN $allowed)
RETURN properties(w) AS watch
ORDER BY watch.id
