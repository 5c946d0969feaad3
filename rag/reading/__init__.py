"""A file becomes leaves, leaves become passages."""
