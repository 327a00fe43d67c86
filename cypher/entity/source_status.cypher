// What loads said of each source in the markings that the viewer may see.
// params: allowed: list
// returns: source: int, rejected: int, last_loaded_at: int
// mode: read
MATCH (s:SourceStatus)
WHERE s.mk IN $allowed
RETURN s.source AS source, sum(s.rejected) AS rejected, max(s.last_loaded_at) AS last_loaded_at
