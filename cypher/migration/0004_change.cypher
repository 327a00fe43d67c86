// Rows are found by the batch that created or last changed them: what a backup missed while it read.
CREATE INDEX row_seq IF NOT EXISTS FOR (n:Row) ON (n.seq);
