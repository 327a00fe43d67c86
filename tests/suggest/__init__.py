"""Mappings proposed for files that have none, held against the reviewed ones."""
