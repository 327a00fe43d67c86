// A question is kept as somebody's job, where fewer than so many of theirs wait or are worked at; the same once more, within a second, is the same job.
// params: job: map, stale: int, most: int
// returns: job: map
// mode: write
// allows: Eager
OPTIONAL MATCH (o:Job {owner: $job.owner})
WHERE o.state IN ['WAITING', 'RUNNING'] AND o.beat >= $stale AND o.id <> $job.id
WITH count(o) AS busy
WHERE busy < $most
MERGE (j:Job {id: $job.id})
ON CREATE SET j = $job
RETURN properties(j) AS job
