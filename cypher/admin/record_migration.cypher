// Write down that a migration ran.
// params: name: string, checksum: string
// returns: name: string
// mode: write
MERGE (m:Migration {name: $name}) SET m.checksum = $checksum RETURN m.name AS name
