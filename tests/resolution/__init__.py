"""Tests of the room `resolution`: pure, no database."""
