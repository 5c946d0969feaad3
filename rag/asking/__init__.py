"""A question goes its way: understood, searched, computed or answered, and kept as a turn."""
