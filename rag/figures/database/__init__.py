"""Typed tables in DuckDB: what SQL may say there, and what a query comes to, with the cells that went in."""
