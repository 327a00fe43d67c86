"""Reads that every caller shares: entities, links, search, lists, sources, each for one viewer and bounded."""
