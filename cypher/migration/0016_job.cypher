// Jobs are found by their id and by their owner.
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_owner IF NOT EXISTS FOR (n:Job) ON (n.owner);
