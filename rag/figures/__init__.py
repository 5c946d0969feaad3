"""Tables become facts, sums and charts: code does the arithmetic, and every figure knows the cells it came from."""
