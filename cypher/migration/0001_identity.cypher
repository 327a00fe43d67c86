// What has an identity, and how rows, waiting links and identifiers are found.
CREATE CONSTRAINT row_id IF NOT EXISTS FOR (n:Row) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;
CREATE INDEX row_slot IF NOT EXISTS FOR (n:Row) ON (n.slot);
CREATE INDEX awaited_id IF NOT EXISTS FOR (n:Awaited) ON (n.id);
CREATE INDEX retired_id IF NOT EXISTS FOR (n:Retired) ON (n.id);
CREATE INDEX identifier_id IF NOT EXISTS FOR (n:Identifier) ON (n.id);
CREATE INDEX batch_seq IF NOT EXISTS FOR (n:Batch) ON (n.seq);
CREATE INDEX vehicle_vrm IF NOT EXISTS FOR (n:Vehicle) ON (n.vrm);
CREATE INDEX phone_value IF NOT EXISTS FOR (n:Phone) ON (n.value);
CREATE INDEX email_value IF NOT EXISTS FOR (n:Email) ON (n.value);
CREATE INDEX postcode_value IF NOT EXISTS FOR (n:Postcode) ON (n.value);
CREATE INDEX document_value IF NOT EXISTS FOR (n:Document) ON (n.value);
CREATE INDEX account_value IF NOT EXISTS FOR (n:Account) ON (n.value);
CREATE POINT INDEX entity_location IF NOT EXISTS FOR (n:Entity) ON (n.location);
