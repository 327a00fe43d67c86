// The live things of a kind that are found by one of these keys.
// params: kind: string, keys: list<int>
// returns: record: string, keys: list<int>
// mode: internal
UNWIND $keys AS key
MATCH (r:Record)
WHERE (r.k_thing1 = key OR r.k_thing2 = key) AND r.kind = $kind AND r.live
WITH DISTINCT r
RETURN r.id AS record, [key IN [r.k_thing1, r.k_thing2] WHERE key IS NOT NULL] AS keys
