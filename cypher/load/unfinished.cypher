// The loads of these sources that have not come to their end, the newest first; `fingerprint` tells whether files and options are the same.
// params: sources: list<string>
// returns: id: string, fingerprint: string, inputs: string, began_at: int, today: int, by: string, state: string
// mode: internal
MATCH (r:Run)
WHERE r.state <> 'DONE' AND any(source IN r.sources WHERE source IN $sources)
RETURN r.id AS id, r.fingerprint AS fingerprint, r.inputs AS inputs, r.began_at AS began_at, r.today AS today, r.by AS by, r.state AS state
ORDER BY r.began_at DESC, r.id DESC
