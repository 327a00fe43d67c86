"""Tests of the reads that every caller shares."""
