// How many visible live records and keyed things each source has.
// params: allowed: list
// returns: source: int, count: int
// mode: read
CALL () {
  MATCH (x:Record) WHERE x.mk IN $allowed AND x.live
  RETURN x.source AS source, count(x) AS count
  UNION ALL
  MATCH (n:Entity) WHERE n.mk IN $allowed AND n.key IS NOT NULL
  RETURN n.source AS source, count(n) AS count
}
RETURN source, sum(count) AS count
