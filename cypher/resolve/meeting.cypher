// The live records that meet by each of these keys in each compartment: how many, and who.
// Who is told where they are no more than `most`, by family. Their names make no difference to what only brings records together.
// params: keys: map, most: map
// returns: key: int, mk: int, size: int, ids: list<string>
// mode: internal
CALL () {
  UNWIND $keys.id AS key MATCH (r:Record)
  WHERE r.k_id1 = key OR r.k_id2 = key OR r.k_id3 = key RETURN key, r, $most.id AS most
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
  WHERE r.k_door1 = key OR r.k_door2 = key RETURN key, r, $most.door AS most
  UNION ALL UNWIND $keys.middle AS key MATCH (r:Record)
  WHERE r.k_middle1 = key OR r.k_middle2 = key RETURN key, r, $most.middle AS most
  UNION ALL UNWIND $keys.initials AS key MATCH (r:Record {k_initials: key}) RETURN key, r, $most.initials AS most
  UNION ALL UNWIND $keys.near AS key MATCH (r:Record)
  WHERE r.k_near1 = key OR r.k_near2 = key RETURN key, r, $most.near AS most
  UNION ALL UNWIND $keys.spot AS key MATCH (r:Record)
  WHERE r.k_spot1 = key OR r.k_spot2 = key RETURN key, r, $most.spot AS most
}
WITH key, r, most WHERE r.live
WITH key, most, r.mk AS mk, count(*) AS size, collect(r.id) AS ids
RETURN key, mk, size, CASE WHEN size <= most THEN ids ELSE [] END AS ids
