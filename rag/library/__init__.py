"""What we hold and who may see it."""
