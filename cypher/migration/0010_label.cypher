// Labels are at most 300 characters long, so that an index in which lists are ordered takes them.
MATCH (n:Entity) WHERE size(n.label) > 300
SET n.label = left(n.label, 299) + '\u2026';
