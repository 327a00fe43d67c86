"""Tests of reading: from mapping files and data files to checked rows."""
