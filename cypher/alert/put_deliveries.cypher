// Alerts are to be delivered; one that is known stays as it is.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
MERGE (d:Delivery {id: node.id})
ON CREATE SET d = node
RETURN count(*) AS nodes
