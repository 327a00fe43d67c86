// Which things, or links of which, transactions after this one changed.
// params: after: int
// returns: n: int, ids: list<string>
// mode: internal
MATCH (t:Touched)
WHERE t.n > $after
RETURN t.n AS n, t.ids AS ids
