"""Backup and restore, through the command and a real Neo4j."""
