"""Every fixed Cypher statement, one a file, with a header; loaded and checked by `graph.statements`."""
