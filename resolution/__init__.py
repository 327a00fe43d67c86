"""Records to entities: keys, candidates, comparison, scores, clusters, decisions, golden record, explanation.

Knows the graph; knows nothing of files, of the web or the command line.
"""
