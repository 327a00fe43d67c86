// The indexes and whether they are ready.
// params:
// returns: name: string, state: string
// mode: internal
SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name
