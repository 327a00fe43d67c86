// The alerts of these watches that were acknowledged, and when.
// params: watches: list
// returns: id: string, at: int
// mode: internal
UNWIND $watches AS watch
MATCH (a:Acknowledged {watch: watch})
RETURN a.id AS id, a.at AS at
