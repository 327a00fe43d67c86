"""Writes client/made and client/documents from api/schema.graphql: a part of `make docs`."""
