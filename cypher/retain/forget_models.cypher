// Models that stand no more, and by which nobody is resolved any more, are gone: they list names.
// params:
// returns: models: int
// mode: write
// allows: Eager
MATCH (m:Model)
WHERE NOT EXISTS { MATCH (i:Installation) WHERE i.model = m.version OR m.version IN coalesce(i.former, []) }
DELETE m
RETURN count(*) AS models
