// A page of visible keyed things of these sources by id, counted by all that their quality is judged by.
// `delay`: seconds from an event to its first delivery, `age`: from the newest delivery to the last load; late above $late.
// params: sources: list<int>, after: string, limit: int (1..50000), most: int (0..1000), loaded: map, late: int, day: int, allowed: list
// returns: source: int, kind: string, failed: list<string>, late: bool, told_late: bool, ahead: bool, count: int, dated: int, age: int, told: int, delay: int, as_of: int, ids: list<string>, last: string
// mode: read
MATCH (e:Entity)
WHERE e.id > $after AND e.mk IN $allowed AND e.key IS NOT NULL AND e.source IN $sources
WITH e ORDER BY e.id LIMIT $limit
WITH e, $loaded[toString(e.source) + ' ' + toString(e.mk)] - e.as_of AS age,
     CASE WHEN e:Event AND e.recorded_at > 0 THEN e.recorded_at - e.at END AS delay
RETURN e.source AS source, e.kind AS kind, coalesce(e.failed, []) AS failed, coalesce(age > $late, false) AS late,
       coalesce(delay > $late, false) AS told_late, coalesce(delay < -$day, false) AS ahead, count(*) AS count,
       count(age) AS dated, sum(age) AS age, count(delay) AS told, sum(delay) AS delay, max(e.as_of) AS as_of,
       collect(e.id)[..$most] AS ids, max(e.id) AS last
