// The migrations that ran.
// params:
// returns: name: string, checksum: string
// mode: internal
MATCH (m:Migration) RETURN m.name AS name, m.checksum AS checksum
