"""Resolvers: plain functions from what reads give back to what the schema shows. No Strawberry type is made here."""
