// The vehicles of a mark that the viewer may see.
// params: vrm: string, allowed: list<int>
// returns: id: string
// mode: read
MATCH (v:Vehicle {vrm: $vrm})
WHERE v.mk IN $allowed
RETURN v.id AS id ORDER BY id
