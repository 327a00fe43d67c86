// The links that may tie people and organisations, and the parts of phones in calls, that start at things whose ids lie between two, a column a list.
// Of ids are the characters that tell them apart.
// params: low: string, high: string, kinds: list<string>, none: int, undated: int
// returns: origins: list, targets: list, types: list, roles: list, mks: list, grades: list, dates: list, rows: list, places: list, records: list, others: list
// mode: internal
MATCH (n:Entity)
WHERE n.id >= $low AND n.id < $high
MATCH (n)-[r:ASSOCIATED_WITH|USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN]->(m:Entity)
WHERE (n:Person OR n:Organisation) AND m.kind IN $kinds
   OR n:Phone AND m:Call AND r.role IN ['CALLER', 'CALLED']
RETURN
       collect(substring(n.id, 2, 12)) AS origins, collect(substring(m.id, 2, 12)) AS targets, collect(type(r)) AS types,
       collect(coalesce(r.role, '')) AS roles, collect(r.mk) AS mks, collect(coalesce(r.grade, $none)) AS grades,
       collect(coalesce(r.valid_from, $undated)) AS dates, collect(substring(r.row, 2, 12)) AS rows, collect(r.place) AS places,
       collect(coalesce(substring(r.a, 2, 12), '')) AS records, collect(coalesce(substring(r.b, 2, 12), '')) AS others
