"""What the schema decides: written by `make docs`."""
