// The links that may tie people and organisations, and the parts of phones in calls, that start or end at these things, a column a list.
// Of ids are the characters that tell them apart; `ends` are all ends in full.
// params: ids: list<string>, kinds: list<string>, none: int, undated: int
// returns: origins: list, targets: list, types: list, roles: list, mks: list, grades: list, dates: list, rows: list, places: list, records: list, others: list, ends: list
// mode: internal
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:ASSOCIATED_WITH|USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN]-(:Entity)
WITH DISTINCT r
WITH startNode(r) AS n, r, endNode(r) AS m
WHERE (n:Person OR n:Organisation) AND m.kind IN $kinds
   OR n:Phone AND m:Call AND r.role IN ['CALLER', 'CALLED']
RETURN
       collect(substring(n.id, 2, 12)) AS origins, collect(substring(m.id, 2, 12)) AS targets, collect(type(r)) AS types,
       collect(coalesce(r.role, '')) AS roles, collect(r.mk) AS mks, collect(coalesce(r.grade, $none)) AS grades,
       collect(coalesce(r.valid_from, $undated)) AS dates, collect(substring(r.row, 2, 12)) AS rows, collect(r.place) AS places,
       collect(coalesce(substring(r.a, 2, 12), '')) AS records, collect(coalesce(substring(r.b, 2, 12), '')) AS others,
       collect(DISTINCT n.id) + collect(DISTINCT m.id) AS ends
