// The full deliveries that are remembered.
// params:
// returns: source: int, file: string, dates: list<int>
// mode: internal
MATCH (f:Full) RETURN f.source AS source, f.file AS file, f.dates AS dates
