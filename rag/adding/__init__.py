"""A file comes in: admitted, read, embedded, read closely, and gone again from every place."""
