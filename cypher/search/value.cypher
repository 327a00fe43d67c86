// The visible values that begin with what was typed, the first of each kind by value, then by id.
// params: phones: list, emails: list, postcodes: list, documents: list, accounts: list, limit: int, allowed: list
// returns: node: map, typed: string
// mode: read
CALL () {
  UNWIND $phones AS typed
  MATCH (n:Phone) WHERE n.value STARTS WITH typed AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }
  RETURN n, typed ORDER BY n.value, n.id LIMIT $limit
  UNION
  UNWIND $emails AS typed
  MATCH (n:Email) WHERE n.value STARTS WITH typed AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }
  RETURN n, typed ORDER BY n.value, n.id LIMIT $limit
  UNION
  UNWIND $postcodes AS typed
  MATCH (n:Postcode) WHERE n.value STARTS WITH typed AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }
  RETURN n, typed ORDER BY n.value, n.id LIMIT $limit
  UNION
  UNWIND $documents AS typed
  MATCH (n:Document) WHERE n.value STARTS WITH typed AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }
  RETURN n, typed ORDER BY n.value, n.id LIMIT $limit
  UNION
  UNWIND $accounts AS typed
  MATCH (n:Account) WHERE n.value STARTS WITH typed AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }
  RETURN n, typed ORDER BY n.value, n.id LIMIT $limit
}
RETURN properties(n) AS node, typed
