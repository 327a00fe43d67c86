"""Tests of watches and alerts."""
