// The live records under each of these keys in each compartment: how many, who, and the names they bear, -1 for none.
// Who is told where they are no more than `most`, by family, or bear few names. `settled`: the names of those that do not wait.
// params: keys: map, most: map, names: int
// returns: key: int, mk: int, size: int, ids: list<string>, names: list<int>, settled: list<int>
// mode: internal
CALL () {
  UNWIND $keys.id AS key MATCH (r:Record)
  WHERE r.k_id1 = key OR r.k_id2 = key OR r.k_id3 = key RETURN key, r, $most.id AS most
  UNION ALL UNWIND $keys.contact AS key MATCH (r:Record)
  WHERE r.k_contact1 = key OR r.k_contact2 = key OR r.k_contact3 = key RETURN key, r, $most.contact AS most
  UNION ALL UNWIND $keys.address AS key MATCH (r:Record {k_address: key}) RETURN key, r, 0 AS most
  UNION ALL UNWIND $keys.birth AS key MATCH (r:Record)
  WHERE r.k_birth1 = key OR r.k_birth2 = key OR r.k_birth3 = key RETURN key, r, $most.birth AS most
  UNION ALL UNWIND $keys.home AS key MATCH (r:Record)
  WHERE r.k_home1 = key OR r.k_home2 = key RETURN key, r, $most.home AS most
  UNION ALL UNWIND $keys.year AS key MATCH (r:Record)
  WHERE r.k_year1 = key OR r.k_year2 = key RETURN key, r, $most.year AS most
  UNION ALL UNWIND $keys.area AS key MATCH (r:Record {k_area: key}) RETURN key, r, $most.area AS most
  UNION ALL UNWIND $keys.day AS key MATCH (r:Record {k_day: key}) RETURN key, r, $most.day AS most
  UNION ALL UNWIND $keys.origin AS key MATCH (r:Record)
  WHERE r.k_origin1 = key OR r.k_origin2 = key RETURN key, r, $most.origin AS most
  UNION ALL UNWIND $keys.name AS key MATCH (r:Record {k_name: key}) RETURN key, r, $most.name AS most
  UNION ALL UNWIND $keys.door AS key MATCH (r:Record)
  WHERE r.k_door1 = key OR r.k_door2 = key OR r.k_door3 = key RETURN key, r, $most.door AS most
  UNION ALL UNWIND $keys.middle AS key MATCH (r:Record {k_middle: key}) RETURN key, r, $most.middle AS most
}
WITH key, r, most WHERE r.live
WITH key, most, r.mk AS mk, count(*) AS size, collect(r.id) AS ids, collect(DISTINCT coalesce(r.k_name, -1)) AS names,
     collect(DISTINCT CASE WHEN r:Unplaced OR r:Unresolved THEN null ELSE coalesce(r.k_name, -1) END) AS settled
RETURN key, mk, size, CASE WHEN size <= most OR size(settled) <= $names THEN ids ELSE [] END AS ids,
       names[..$names + 1] AS names, settled[..$names + 1] AS settled
