// The markings in use and their local numbers.
// params:
// returns: mk: int, text: string
// mode: internal
MATCH (m:Marking) RETURN m.mk AS mk, m.text AS text ORDER BY mk
