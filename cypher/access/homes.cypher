// Who lives, or lived, where one of these people does, of those who have one of these surnames.
// params: ids: list, surnames: list, allowed: list
// returns: id: string, given_name: string, surname: string
// mode: read
UNWIND $ids AS id
MATCH (p:Person:Entity {id: id})-[l:LIVES_AT]->(:Address)<-[m:LIVES_AT]-(o:Person)
WHERE l.mk IN $allowed AND m.mk IN $allowed AND o <> p AND toLower(o.surname) IN $surnames
RETURN DISTINCT id, o.given_name AS given_name, o.surname AS surname
