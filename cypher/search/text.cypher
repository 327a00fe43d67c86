// What full text finds in the indexes of the markings that the viewer may see, a bounded number from each.
// params: indexes: list, query: string, kinds: list, limit: int, allowed: list
// returns: node: map
// mode: read
UNWIND $indexes AS index
CALL (index) {
  CALL db.index.fulltext.queryNodes(index, $query) YIELD node, score
  WITH node, score
  WHERE node.mk IN $allowed AND ($kinds IS NULL OR node.kind IN $kinds)
  RETURN node
  ORDER BY score DESC, node.id
  LIMIT $limit
}
RETURN properties(node) AS node
