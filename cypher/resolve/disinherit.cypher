// What was kept of older models and is no more: the model that stands needs no such word, or does not bear it.
// params: ids: list<string>, at: int, by: string, reason: string
// returns: words: int
// mode: write
UNWIND $ids AS id
MATCH (d:Decision {id: id})
SET d.retracted_at = $at, d.retracted_by = $by, d.retracted_reason = $reason
RETURN count(*) AS words
