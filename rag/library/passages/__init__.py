"""Passages and their vectors, and how better ones take the place of those that are there."""
