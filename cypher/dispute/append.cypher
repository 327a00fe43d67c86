// What somebody says of a record about them is written down.
// params: dispute: map
// returns: id: string
// mode: write
CREATE (d:Dispute) SET d = $dispute
RETURN d.id AS id
