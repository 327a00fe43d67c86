// What at least two of the owners hold, through any of their members: most owners first, then fewest links, then by id.
// params: members: list, kinds: list, things: int, limit: int, allowed: list
// returns: node: map, holders: list, count: int, total: int
// mode: read
UNWIND $members AS member
MATCH (n:Entity {id: member.id})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO]->(t:Entity)
WHERE r.mk IN $allowed AND t.kind IN $kinds
WITH t, member.owner AS owner, r, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
ORDER BY id
WITH t, collect(DISTINCT owner) AS owners, collect(r) AS links
WHERE size(owners) > 1
WITH t, owners, links
ORDER BY size(owners) DESC, size(links), t.id
WITH collect([t, links]) AS found
UNWIND range(0, size(found[..$things]) - 1) AS place
WITH size(found) AS total, place, found[place][0] AS t, found[place][1] AS links
RETURN properties(t) AS node, [r IN links[..$limit] | {link: properties(r), type: type(r), origin: properties(startNode(r)), target: properties(endNode(r))}] AS holders, size(links) AS count, total
ORDER BY place
