// Bare records that stand in for ends which nobody describes.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
// allows: Eager
UNWIND $nodes AS node
MERGE (r:Record {id: node.record.id})
ON CREATE SET r = node.record, r:Made, r:Loose, r:Unplaced
MERGE (i:Identifier {id: node.identifier})
MERGE (r)-[:HAS]->(i)
FOREACH (_ IN CASE WHEN r.live THEN [] ELSE [1] END | SET r.live = true, r:Loose, r:Unplaced)
RETURN count(*) AS nodes
