// The dates of the full deliveries of each file entry of a source.
// params: source: int
// returns: file: string, dates: list<int>
// mode: internal
MATCH (f:Full) WHERE f.source = $source RETURN f.file AS file, f.dates AS dates
