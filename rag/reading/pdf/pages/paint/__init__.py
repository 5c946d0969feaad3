"""What is painted on a page beside words: paths, charts, and what shows when it is drawn."""
