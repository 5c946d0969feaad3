"""The Models page: which models answer and search."""
