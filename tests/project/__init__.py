"""Tests of the project itself: its files, locks, documents, statements and published names."""
