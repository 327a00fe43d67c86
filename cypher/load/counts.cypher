// How much the graph holds, off the count store.
// params:
// returns: what: string, count: int
// mode: internal
CALL () {
  MATCH (n) WITH count(n) AS count RETURN 'nodes' AS what, count
  UNION ALL MATCH ()-[l]->() WITH count(l) AS count RETURN 'links' AS what, count
  UNION ALL MATCH (w:Row) WITH count(w) AS count RETURN 'rows' AS what, count
  UNION ALL MATCH (d:Decision) WITH count(d) AS count RETURN 'decisions' AS what, count
}
RETURN what, count
