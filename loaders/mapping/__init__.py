"""Mapping files: YAML that says what the rows of a source mean, checked as a whole against the model.

Knows the model and the standards; opens no data file.
"""

from loaders.mapping.source import load_mappings, read_mappings
from loaders.mapping.spec import FileMapping, SourceMapping

__all__ = ["FileMapping", "SourceMapping", "load_mappings", "read_mappings"]
