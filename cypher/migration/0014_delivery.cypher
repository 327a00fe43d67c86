// Alerts that are delivered are found by their id, their watch and what becomes of them.
CREATE CONSTRAINT delivery_id IF NOT EXISTS FOR (n:Delivery) REQUIRE n.id IS UNIQUE;
CREATE INDEX delivery_watch IF NOT EXISTS FOR (n:Delivery) ON (n.watch);
CREATE INDEX delivery_state IF NOT EXISTS FOR (n:Delivery) ON (n.state, n.due);
CREATE CONSTRAINT turn_of IF NOT EXISTS FOR (n:Turn) REQUIRE n.of IS UNIQUE;
CREATE INDEX watch_webhook IF NOT EXISTS FOR (n:Watch) ON (n.webhook);
