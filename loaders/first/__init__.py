"""The first load of an empty graph: rows gathered, resolved and linked outside it, then brought in as import files.

Knows the same pure steps as the writer, the resolver and the linker; gives the same graph as they do.
"""

from loaders.first.load import first_files, first_load, is_first

__all__ = ["first_files", "first_load", "is_first"]
