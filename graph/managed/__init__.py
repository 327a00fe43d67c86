"""The managed local Neo4j: its jars fetched and verified, its Java found, one server for each data folder.

Knows `graph.errors` alone; takes folders and addresses as arguments and reads no setting itself.
"""
