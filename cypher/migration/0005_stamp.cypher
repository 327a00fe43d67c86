// The rows of a file entry are found by its batches: those that a delivery holds again need no more than their stamps.
CREATE INDEX batch_place IF NOT EXISTS FOR (n:Batch) ON (n.source, n.file);
