"""Tests of `graph.managed`: provisioning against a small repository of our own, the server for real."""
