// The links of people, organisations and phones that may tie somebody and start or end at these things, a row a type, a column a list.
// Of ids are the characters that tell them apart, of records at the far end of associations alone; `ends` are all ends in full.
// params: ids: list<string>, none: int, undated: int
// returns: type: string, origins: list, targets: list, roles: list, mks: list, grades: list, dates: list, records: list, others: list, ends: list
// mode: internal
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:ASSOCIATED_WITH|USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN]-(:Entity)
WITH DISTINCT r
WITH startNode(r) AS n, r, endNode(r) AS m, type(r) AS type
WHERE n:Person OR n:Organisation OR n:Phone
RETURN type,
       collect(substring(n.id, 2, 12)) AS origins, collect(substring(m.id, 2, 12)) AS targets,
       collect(CASE type WHEN 'INVOLVED_IN' THEN coalesce(r.role, '') ELSE '' END) AS roles,
       collect(r.mk) AS mks, collect(coalesce(r.grade, $none)) AS grades,
       collect(coalesce(r.valid_from, $undated)) AS dates,
       collect(coalesce(substring(r.a, 2, 12), '')) AS records,
       collect(CASE type WHEN 'ASSOCIATED_WITH' THEN coalesce(substring(r.b, 2, 12), '') ELSE '' END) AS others,
       collect(DISTINCT n.id) + collect(DISTINCT m.id) AS ends
