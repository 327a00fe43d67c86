// Whoever takes alerts to deliver them does so alone until the transaction ends.
// params:
// returns: turns: int
// mode: write
MERGE (t:Turn {of: 'deliveries'})
SET t.taken = true
RETURN count(*) AS turns
