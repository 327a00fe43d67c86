// What networks are made of, people, organisations and what they may share, with ids between two, a column a list; `places` are where the database has them.
// params: low: string, high: string, kinds: list<string>, undated: int, nothing: string
// returns: ids: list, kinds: list, mks: list, times: list, fruitless: list, places: list
// mode: internal
MATCH (n:Entity)
WHERE n.id >= $low AND n.id < $high AND n.kind IN $kinds
RETURN collect(n.id) AS ids, collect(n.kind) AS kinds, collect(coalesce(n.mk, -1)) AS mks, collect(CASE WHEN n:Event THEN coalesce(n.at, $undated) ELSE $undated END) AS times,
       collect(n:StopSearch AND coalesce(n.found, '') =~ $nothing) AS fruitless,
       collect(id(n)) AS places
