// The live records under each of these contacts and addresses in each compartment: how many, who, and the names they bear, -1 for none.
// Who is told where they are no more than `most`, by family, or bear few names. `settled`: the names of those that do not wait.
// params: keys: map, most: map, names: int
// returns: key: int, mk: int, size: int, ids: list<string>, names: list<int>, settled: list<int>
// mode: internal
CALL () {
  UNWIND $keys.contact AS key MATCH (r:Record)
  WHERE r.k_contact1 = key OR r.k_contact2 = key OR r.k_contact3 = key RETURN key, r, $most.contact AS most
  UNION ALL UNWIND $keys.address AS key MATCH (r:Record {k_address: key}) RETURN key, r, 0 AS most
}
WITH key, r, most WHERE r.live
WITH key, most, r.mk AS mk, count(*) AS size, collect(r.id) AS ids, collect(DISTINCT coalesce(r.k_name, -1)) AS names,
     collect(DISTINCT CASE WHEN r:Unplaced OR r:Unresolved THEN null ELSE coalesce(r.k_name, -1) END) AS settled
RETURN key, mk, size, CASE WHEN size <= most OR size(settled) <= $names THEN ids ELSE [] END AS ids,
       names[..$names + 1] AS names, settled[..$names + 1] AS settled
