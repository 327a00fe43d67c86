// Visible vehicles whose mark holds one of these parts and has this form, by mark, then by id.
// params: parts: list<string>, form: string, limit: int, allowed: list<int>
// returns: node: map
// mode: read
UNWIND $parts AS part
MATCH (v:Vehicle)
WHERE v.vrm CONTAINS part AND v.vrm =~ $form AND v.mk IN $allowed
WITH DISTINCT v
ORDER BY v.vrm, v.id
LIMIT $limit
RETURN properties(v) AS node
