// Every event, with what decides how long it is kept.
// params:
// returns: id: string, kind: string, type: string, at: int, group: int, review_on: string
// mode: internal
MATCH (e:Event)
RETURN e.id AS id, e.kind AS kind, e.type AS type, coalesce(e.at, e.as_of) AS at, e.retention_group AS group, e.review_on AS review_on
