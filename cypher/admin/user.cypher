// Who we are to the database, and their roles; without any where the edition has none.
// params:
// returns: name: string, roles: list<string>
// mode: internal
CALL dbms.showCurrentUser() YIELD username, roles
RETURN username AS name, coalesce(roles, []) AS roles
