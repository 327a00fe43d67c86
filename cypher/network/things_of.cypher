// What networks are made of, people, organisations and what they may share, among these things, a column a list.
// params: ids: list<string>, kinds: list<string>, undated: int, nothing: string
// returns: ids: list, kinds: list, mks: list, times: list, fruitless: list
// mode: internal
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.kind IN $kinds
RETURN collect(n.id) AS ids, collect(n.kind) AS kinds, collect(coalesce(n.mk, -1)) AS mks, collect(CASE WHEN n:Event THEN coalesce(n.at, $undated) ELSE $undated END) AS times,
       collect(n:StopSearch AND coalesce(n.found, '') =~ $nothing) AS fruitless
