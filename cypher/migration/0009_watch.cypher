// Watches are found by their owner, and what was acknowledged by its watch.
CREATE CONSTRAINT watch_id IF NOT EXISTS FOR (n:Watch) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT acknowledged_id IF NOT EXISTS FOR (n:Acknowledged) REQUIRE n.id IS UNIQUE;
CREATE INDEX watch_owner IF NOT EXISTS FOR (n:Watch) ON (n.owner);
CREATE INDEX acknowledged_watch IF NOT EXISTS FOR (n:Acknowledged) ON (n.watch);
