// The visible policed events of a type before a moment, of which the officers and the incidents are known, newest first, then by id.
// `place` is where they visibly were, the least id of several, else the venue's name; `total` counts them all.
// params: type: string, before: int, most: int, allowed: list
// returns: id: string, at: int, category: string, home: string, away: string, competition: string, place: string, expected: int, attendance: int, officers: int, incidents: int, total: int
// mode: read
MATCH (e:PublicEvent)
WHERE e.at < $before AND e.mk IN $allowed AND e.type = $type
  AND e.incidents IS NOT NULL AND e.officers_deployed IS NOT NULL
WITH e
ORDER BY e.at DESC, e.id
WITH collect(e) AS found
UNWIND found[..$most] AS e
RETURN e.id AS id, e.at AS at, e.subtype AS category, e.home AS home, e.away AS away, e.competition AS competition,
  coalesce(COLLECT {
    MATCH (e)-[r:OCCURRED_AT]->(x:Place|Address)
    WHERE r.mk IN $allowed
    RETURN x.id ORDER BY x.id LIMIT 1
  }[0], e.venue) AS place,
  e.expected_attendance AS expected, e.attendance AS attendance, e.officers_deployed AS officers,
  e.incidents AS incidents, size(found) AS total
