// An alert that is not there for its watcher any more is not delivered.
// params: id: string
// returns: deliveries: int
// mode: write
MATCH (d:Delivery {id: $id})
DELETE d
RETURN count(*) AS deliveries
