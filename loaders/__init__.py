"""From sources to the graph: mappings, readers, checks, quarantine, the writer, and the demo world.

Knows `resolution` and below; knows nothing of the web or the command line.
"""
