// How many things there are.
// params:
// returns: things: int
// mode: internal
MATCH (n:Entity)
RETURN count(n) AS things
