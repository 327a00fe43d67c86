"""The tests: of each room beside its name, of the whole, and of the project itself."""
