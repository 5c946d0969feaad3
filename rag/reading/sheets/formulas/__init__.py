"""Formulas: read, and computed where their results are missing and that is safe."""
