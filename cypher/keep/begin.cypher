// The installation of a backup, marked as half restored by its seal, with its markings and sources under their numbers.
// params: fingerprint: string, seal: string, markings: list<map>, sources: list<map>
// returns: seal: string
// mode: write
// allows: Eager
CREATE (i:Installation {id: 1, fingerprint: $fingerprint, restoring: $seal, seq: 0, markings: size($markings), sources: size($sources)})
FOREACH (marking IN $markings | CREATE (m:Marking) SET m = marking)
FOREACH (source IN $sources | CREATE (s:Source) SET s = source)
RETURN i.restoring AS seal
