// The fingerprint of the key that the graph was made with.
// params:
// returns: fingerprint: string
// mode: internal
MATCH (i:Installation) RETURN i.fingerprint AS fingerprint
