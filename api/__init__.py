"""The API: FastAPI and Strawberry. Knows every room and is known by none."""
