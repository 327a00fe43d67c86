"""The Neo4j POLE example, loaded through mappings and asked, each answer held against the raw files."""
