// The different names that hold each contact or address key in each of these compartments, -1 for records without one.
// No more than $most are told of any: by then a value is generic.
// params: keys: list, mks: list, most: int, allowed: list
// returns: key: int, mk: int, names: list
// mode: read
UNWIND $mks AS mk
UNWIND $keys AS key
CALL (mk, key) {
  MATCH (r:Record)
  WHERE (r.k_contact1 = key OR r.k_contact2 = key OR r.k_contact3 = key OR r.k_address = key)
    AND r.mk = mk AND r.mk IN $allowed AND r.live
  RETURN DISTINCT coalesce(r.k_name, -1) AS name
  LIMIT $most
}
RETURN key, mk, collect(name) AS names
