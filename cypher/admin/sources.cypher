// The sources and their local numbers.
// params:
// returns: n: int, id: string, name: string, owner: string, priority: int
// mode: internal
MATCH (s:Source) RETURN s.n AS n, s.id AS id, s.name AS name, s.owner AS owner, s.priority AS priority ORDER BY n
