"""Signing in: tokens of an identity provider that the tests run, and what is refused."""
