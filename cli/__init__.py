"""The polegraph command. Knows every room and is known by none."""
