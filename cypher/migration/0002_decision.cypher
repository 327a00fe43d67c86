// Decisions are found by the records they are about.
CREATE INDEX decision_a IF NOT EXISTS FOR (n:Decision) ON (n.a);
CREATE INDEX decision_b IF NOT EXISTS FOR (n:Decision) ON (n.b);
