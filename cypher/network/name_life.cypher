// Give this graph's life a name where it has none: a graph that takes its place has another.
// params:
// returns: life: string
// mode: write
MATCH (i:Installation)
SET i.life = coalesce(i.life, randomUUID())
RETURN i.life AS life
