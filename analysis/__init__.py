"""Networks and numbers over the graph: key players, communities, hotspots, metrics, demand. Knows the graph."""
