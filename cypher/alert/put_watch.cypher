// A watch is kept; the same once more changes nothing.
// params: watch: map
// returns: id: string
// mode: write
// allows: Eager
MERGE (w:Watch {id: $watch.id})
ON CREATE SET w = $watch
RETURN w.id AS id
