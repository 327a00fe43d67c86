// Words by which a new model keeps what an older one joined.
// params: words: list<map>
// returns: words: int
// mode: write
// allows: Eager
UNWIND $words AS word
MERGE (d:Decision {id: word.id})
SET d = word
RETURN count(*) AS words
