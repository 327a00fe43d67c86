// The visible officers who have one of these collar numbers, or the name of one of these people, with their names.
// params: collars: list, surnames: list, allowed: list
// returns: id: string, collar: string, given_name: string, surname: string
// mode: read
MATCH (o:Officer)
WHERE o.mk IN $allowed
  AND (toLower(o.collar_number) IN $collars OR toLower(o.surname) IN $surnames)
RETURN o.id AS id, o.collar_number AS collar, o.given_name AS given_name, o.surname AS surname
ORDER BY id
