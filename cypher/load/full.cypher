// Remember a full delivery: what it did not hold was gone by its date, whenever older deliveries come.
// params: source: int, file: string, date: int
// returns: dates: list<int>
// mode: write
// allows: Eager
MERGE (f:Full {source: $source, file: $file})
SET f.dates = CASE WHEN $date IN coalesce(f.dates, []) THEN f.dates ELSE coalesce(f.dates, []) + $date END
RETURN f.dates AS dates
