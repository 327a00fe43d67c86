"""The explorer in a browser, over the real API and database."""
