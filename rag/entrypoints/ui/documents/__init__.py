"""The Documents page: files come in, are listed, and tell how they were read."""
