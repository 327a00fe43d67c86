"""Who may see what: markings, viewers, purposes. Knows nothing of graphs, files or the web."""
