// What stands against a record because of a link is found by the record at the link's other end, too.
CREATE INDEX dispute_other IF NOT EXISTS FOR (n:Dispute) ON (n.other);
