// What these places, areas and officers are called where figures say so, and what each lies in, under which markings.
// params: ids: list<string>
// returns: id: string, name: string, area: bool, uppers: list
// mode: internal
UNWIND $ids AS id
MATCH (x:Entity {id: id})
WHERE x:Address OR x:Place OR x:Postcode OR x:Area OR x:Officer
RETURN x.id AS id, x:Area AS area,
  CASE WHEN x:Area THEN coalesce(x.code, x.label) WHEN x:Officer THEN coalesce(x.unit, 'unknown') END AS name,
  COLLECT { MATCH (x)-[i:IN]->(z:Entity) RETURN DISTINCT [z.id, i.mk] } AS uppers
