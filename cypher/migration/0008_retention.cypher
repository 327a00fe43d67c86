// What was erased is known by id, so that it does not come back; reviews are found by what they are about.
CREATE CONSTRAINT tombstone_id IF NOT EXISTS FOR (n:Tombstone) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT review_id IF NOT EXISTS FOR (n:Review) REQUIRE n.id IS UNIQUE;
CREATE INDEX review_record IF NOT EXISTS FOR (n:Review) ON (n.record);
