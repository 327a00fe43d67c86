// Every value that some batch up to this one spoke of.
// params: seq: int
// returns: properties: map
// mode: internal
CALL () {
  MATCH (e:Phone) RETURN e
  UNION ALL MATCH (e:Email) RETURN e
  UNION ALL MATCH (e:Postcode) RETURN e
  UNION ALL MATCH (e:Document) RETURN e
  UNION ALL MATCH (e:Account) RETURN e
}
WITH e
WHERE coalesce(e.seq, 0) <= $seq
RETURN properties(e) AS properties
