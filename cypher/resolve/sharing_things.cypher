// The live records of things under each of these keys in each compartment: how many contents they have, and who they are.
// Who is told where there are no more contents than `most`. Records that say too little to have a content count each.
// params: keys: list<map>
// returns: key: int, mk: int, size: int, ids: list<string>
// mode: internal
UNWIND $keys AS asked
WITH asked.key AS key, asked.most AS most
MATCH (r:Record)
WHERE r.k_thing1 = key OR r.k_thing2 = key OR r.k_thing3 = key OR r.k_thing4 = key OR r.k_thing5 = key
   OR r.k_thing6 = key OR r.k_thing7 = key OR r.k_thing8 = key OR r.k_thing9 = key OR r.k_thing10 = key
   OR r.k_thing11 = key OR r.k_thing12 = key
WITH key, most, r WHERE r.live
WITH key, most, r.mk AS mk, count(DISTINCT coalesce(toString(r.k_thing1), r.id)) AS size, collect(r.id) AS ids
RETURN key, mk, size, CASE WHEN size <= most THEN ids ELSE [] END AS ids
