"""The explorer before a graph that has nothing, and before one that has ten thousand of everything."""
