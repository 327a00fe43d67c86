// The fingerprint of the key that the graph was made with, and the seal of the backup that is half restored.
// params:
// returns: fingerprint: string, seq: int, restoring: string
// mode: internal
MATCH (i:Installation) RETURN i.fingerprint AS fingerprint, i.seq AS seq, i.restoring AS restoring
