"""Workbooks: the cells of their sheets as Excel shows them, and the tables they make up."""
