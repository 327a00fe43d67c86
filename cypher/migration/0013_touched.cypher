// What changed of what networks are made of is found by the number of the transaction.
CREATE CONSTRAINT touched_n IF NOT EXISTS FOR (n:Touched) REQUIRE n.n IS UNIQUE;
