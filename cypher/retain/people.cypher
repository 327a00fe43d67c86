// Every person, their live records, and their parts in events.
// params:
// returns: id: string, born: string, year: int, records: list<list>, parts: list<list>
// mode: internal
MATCH (p:Person)
RETURN p.id AS id, p.date_of_birth AS born, p.year_of_birth AS year,
       [(p)<-[:RESOLVES_TO]-(r:Record) | [r.id, r.as_of, r.retention_group, r.review_on]] AS records,
       [(p)-[l:INVOLVED_IN]->(e:Event) | [e.id, l.role]] AS parts
