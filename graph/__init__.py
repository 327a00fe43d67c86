"""The POLE graph: its model, its store (driver, schema, statements, managed server), the reads every caller shares.

Knows `standards`, `cypher` and `security`; knows nothing of mappings, of scoring, of the web or the command line.
"""
