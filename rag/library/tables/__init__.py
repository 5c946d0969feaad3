"""Whole tables: kept as they were read, listed, and set right by hand."""
