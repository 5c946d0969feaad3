"""Tables of a sheet: where they stand, what their lines are, and what they hold in a few lines."""
