// The name of this graph's life, and how many transactions changed what a network may be made of.
// params:
// returns: life: string, touched: int
// mode: internal
MATCH (i:Installation)
RETURN i.life AS life, coalesce(i.touched, 0) AS touched
