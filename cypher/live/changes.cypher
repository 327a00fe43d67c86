// How many write transactions there were: a number that is another one whenever anything may have changed.
// params:
// returns: changes: int
// mode: internal
MATCH (i:Installation) RETURN coalesce(i.changes, 0) AS changes
