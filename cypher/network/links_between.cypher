// The links of people, organisations and phones that may tie somebody, by where things start whose ids lie between two, a row a type, a column a list.
// `origins` and `targets` are the places that the database has their ends at; of records are the characters that tell them apart, at the far end of associations alone.
// params: low: string, high: string, none: int, undated: int
// returns: type: string, origins: list, targets: list, roles: list, mks: list, grades: list, dates: list, records: list, others: list
// mode: internal
MATCH (n:Entity)
WHERE n.id >= $low AND n.id < $high AND (n:Person OR n:Organisation OR n:Phone)
MATCH (n)-[r:ASSOCIATED_WITH|USES|HOLDS|LIVES_AT|KEEPS|DRIVES|INVOLVED_IN]->(m)
WITH n, r, m, type(r) AS type
RETURN type,
       collect(id(n)) AS origins, collect(id(m)) AS targets,
       collect(CASE type WHEN 'INVOLVED_IN' THEN coalesce(r.role, '') ELSE '' END) AS roles,
       collect(r.mk) AS mks, collect(coalesce(r.grade, $none)) AS grades,
       collect(coalesce(r.valid_from, $undated)) AS dates,
       collect(coalesce(substring(r.a, 2, 12), '')) AS records,
       collect(CASE type WHEN 'ASSOCIATED_WITH' THEN coalesce(substring(r.b, 2, 12), '') ELSE '' END) AS others
