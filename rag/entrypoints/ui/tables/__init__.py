"""The Tables page: tables found, opened beside their pages, and taken away."""
