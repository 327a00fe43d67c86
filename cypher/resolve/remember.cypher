// These settled records are placed only for now: what they are found by is kept until they are settled again.
// params: ids: list<string>
// returns: records: int
// mode: write
UNWIND $ids AS id
MATCH (r:Record {id: id})
SET r.k_before = [key IN [r.k_id1, r.k_id2, r.k_id3, r.k_contact1, r.k_contact2, r.k_contact3, r.k_address,
                r.k_birth1, r.k_birth2, r.k_birth3, r.k_home1, r.k_home2, r.k_year1, r.k_year2, r.k_area, r.k_day,
                r.k_origin1, r.k_origin2, r.k_name, r.k_door1, r.k_door2, r.k_middle1, r.k_middle2,
                r.k_initials, r.k_near1, r.k_near2, r.k_spot1, r.k_spot2,
                r.k_thing1, r.k_thing2, r.k_thing3, r.k_thing4, r.k_thing5, r.k_thing6, r.k_thing7,
                r.k_thing8, r.k_thing9, r.k_thing10, r.k_thing11, r.k_thing12] | coalesce(key, -1)]
RETURN count(*) AS records
