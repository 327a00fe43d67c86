// Take these sources for one load until the transaction ends; in the order of their names, so that two loads never wait for each other.
// params: sources: list<string>
// returns: sources: int
// mode: write
UNWIND $sources AS source
WITH source ORDER BY source
MERGE (h:Hold {source: source})
SET h.held = true
RETURN count(*) AS sources
