"""Tests of `loaders.world`: the same bytes from the same seed, silos as their mappings say, a truth that holds."""
