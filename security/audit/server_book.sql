-- What the log needs of a database: run by its owner, once. Whoever writes gets no more than docs/audit.md grants.
BEGIN;
SELECT pg_advisory_xact_lock(1886350437, 0);
CREATE SCHEMA IF NOT EXISTS polegraph_audit;
CREATE TABLE IF NOT EXISTS polegraph_audit.entry (seq int8 PRIMARY KEY, body bytea NOT NULL, hash bytea NOT NULL);
CREATE TABLE IF NOT EXISTS polegraph_audit.probe (one int4 PRIMARY KEY, at float8 NOT NULL);
CREATE OR REPLACE FUNCTION polegraph_audit.refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
CREATE OR REPLACE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON polegraph_audit.entry
  FOR EACH STATEMENT EXECUTE FUNCTION polegraph_audit.refuse();
-- Also where a session says that it is a replica's, whose triggers rest.
ALTER TABLE polegraph_audit.entry ENABLE ALWAYS TRIGGER entry_stays;
COMMIT;
