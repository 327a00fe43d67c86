// Make the installation's node, once.
// params: fingerprint: string
// returns: fingerprint: string
// mode: write
MERGE (i:Installation {id: 1})
ON CREATE SET i.fingerprint = $fingerprint, i.markings = 0, i.sources = 0, i.seq = 0
RETURN i.fingerprint AS fingerprint
