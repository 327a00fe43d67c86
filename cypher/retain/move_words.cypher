// Reviews and disputes of a record go with it to its new id.
// params: id: string, to: string, review: string, review_to: string
// returns: words: int
// mode: write
// allows: Eager
CALL () {
  MATCH (d:Dispute {record: $id}) SET d.record = $to RETURN d
  UNION MATCH (d:Dispute {other: $id}) SET d.other = $to RETURN d
  UNION MATCH (d:Review {record: $review}) SET d.record = $review_to RETURN d
}
RETURN count(d) AS words
