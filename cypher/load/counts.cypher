// How much the graph holds, off the count store.
// params:
// returns: nodes: int, links: int, rows: int, decisions: int
// mode: internal
CALL () { MATCH (n) RETURN count(n) AS nodes }
CALL () { MATCH ()-[l]->() RETURN count(l) AS links }
CALL () { MATCH (w:Row) RETURN count(w) AS rows }
CALL () { MATCH (d:Decision) RETURN count(d) AS decisions }
RETURN nodes, links, rows, decisions
