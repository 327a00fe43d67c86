// How many records there are, and the kinds that were being resolved as a whole when that was cut short.
// params:
// returns: records: int, kinds: list<string>
// mode: internal
MATCH (r:Record)
WITH count(r) AS records
MATCH (i:Installation)
RETURN records, coalesce(i.resolving, []) AS kinds
