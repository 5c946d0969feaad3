"""Tables to take away, a file for each format; nothing in them is a formula, and numbers stay numbers."""
