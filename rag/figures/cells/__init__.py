"""Cells that a question names: looked up, ranked, set against each other."""
