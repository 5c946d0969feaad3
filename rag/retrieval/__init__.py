"""Passages in, the few that matter out."""
