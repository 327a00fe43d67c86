// The version of the model that was published, null where none was.
// params:
// returns: version: string
// mode: internal
MATCH (i:Installation) RETURN i.model AS version
