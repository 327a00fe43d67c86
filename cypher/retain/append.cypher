// A review is written down.
// params: review: map
// returns: id: string
// mode: write
CREATE (v:Review) SET v = $review
RETURN v.id AS id
