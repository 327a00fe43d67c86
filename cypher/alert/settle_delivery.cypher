// What became of an alert that was taken.
// params: id: string, told: map
// returns: deliveries: int
// mode: write
MATCH (d:Delivery {id: $id})
SET d += $told
RETURN count(*) AS deliveries
