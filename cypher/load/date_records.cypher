// Known records of which nothing but their date is new get it, where nothing else follows from it; the others are returned.
// In `same` is all that makes their content, with no date; what is alone in a settled entity is all that this is made of.
// params: nodes: list<map>
// returns: id: string
// mode: write
// allows: Eager
UNWIND $nodes AS node
MATCH (r:Record {id: node.id})
WITH r, node,
     r.live AND NOT r:Unplaced AND NOT r:Unresolved AND NOT r:Made AND r {.*, as_of: 0} = node.same
     AND EXISTS { (r)-[:RESOLVES_TO]->(:Entity) }
     AND NOT EXISTS { (r)-[:RESOLVES_TO]->(:Entity)<-[:RESOLVES_TO]-(:Record) } AS dated
FOREACH (each IN CASE WHEN dated THEN [r] ELSE [] END | SET each.as_of = node.as_of)
WITH r, dated
WHERE NOT coalesce(dated, false)
RETURN r.id AS id
