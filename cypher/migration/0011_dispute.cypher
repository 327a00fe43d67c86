// What the people concerned say of records is found by the record.
CREATE CONSTRAINT dispute_id IF NOT EXISTS FOR (n:Dispute) REQUIRE n.id IS UNIQUE;
CREATE INDEX dispute_record IF NOT EXISTS FOR (n:Dispute) ON (n.record);
