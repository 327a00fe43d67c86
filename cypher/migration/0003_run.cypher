// Loads on record, the batches of each, and the one load that a source has at a time.
CREATE CONSTRAINT run_id IF NOT EXISTS FOR (n:Run) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hold_source IF NOT EXISTS FOR (n:Hold) REQUIRE n.source IS UNIQUE;
CREATE CONSTRAINT full_id IF NOT EXISTS FOR (n:Full) REQUIRE (n.source, n.file) IS UNIQUE;
CREATE INDEX batch_run IF NOT EXISTS FOR (n:Batch) ON (n.run);
