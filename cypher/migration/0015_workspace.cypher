// Workspaces are found by their owner.
CREATE CONSTRAINT workspace_id IF NOT EXISTS FOR (n:Workspace) REQUIRE n.id IS UNIQUE;
CREATE INDEX workspace_owner IF NOT EXISTS FOR (n:Workspace) ON (n.owner);
