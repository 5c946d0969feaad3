"""Tables of pages: where they stand, their rows and columns, and what heads them."""
