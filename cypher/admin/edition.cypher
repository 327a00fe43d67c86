// The edition of the database.
// params:
// returns: edition: string
// mode: internal
CALL dbms.components() YIELD edition
RETURN edition
