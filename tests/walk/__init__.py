"""Tests of networks, paths, timelines and profiles."""
