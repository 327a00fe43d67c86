// When each source was last loaded in each marking that the viewer may see.
// params: allowed: list
// returns: source: int, mk: int, at: int
// mode: read
MATCH (s:SourceStatus)
WHERE s.mk IN $allowed
RETURN s.source AS source, s.mk AS mk, s.last_loaded_at AS at
